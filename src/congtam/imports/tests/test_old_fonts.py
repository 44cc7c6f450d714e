"""Text of the fonts from before Unicode is recognised, asked about and converted, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from congtam.imports.jobs import run_import_job
from congtam.imports.models import Import
from congtam.imports.tests.files import BY_ROW, dossiers, written
from congtam.imports.tests.test_import import run
from congtam.imports.tests.test_pages import send
from congtam.tabular.legacy_fonts import TCVN3, VNI, convert_to_unicode, recognise
from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
TEXT = BY_ROW.replace("procedure:", "applicant: who, procedure:")
HEADER = "id,start,due,end,what,who\n"
MIXED = HEADER + "".join(
    f"A{number},2024-01-05,,,{what},{who}\n"
    for number, (what, who) in enumerate(
        [
            ("Đăng ký khai sinh", "NguyÔn V¨n A"),
            ("Hà Giang", "TrÇn ThÞ B×nh"),
            ("Cấp phép", "Lª Hå"),
            ("Cấp phép", "Lý Thị Dợ"),
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("NguyÔn V¨n A", TCVN3, "Nguyễn Văn A"),
        ("CÊp giÊy phÐp x©y dùng", TCVN3, "Cấp giấy phép xây dựng"),
        ("§¨ng ký kÕt h«n", TCVN3, "Đăng ký kết hôn"),
        ("Nguyeãn Vaên A", VNI, "Nguyễn Văn A"),
        ("Caáp giaáy pheùp xaây döïng", VNI, "Cấp giấy phép xây dựng"),
        ("Ñaêng kyù keát hoân", VNI, "Đăng ký kết hôn"),
    ],
)
def test_old_text_is_recognised_and_converted(text: str, font: str, expected: str) -> None:
    assert recognise(text) == font
    assert convert_to_unicode(text, font) == expected


@pytest.mark.parametrize(
    "text", ["Hà Giang", "Sùng Mí Pó", "Lý Thị Dợ", "Müller", "Café", "Òa", "quý", "plain"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_nothing_is_stored_until_somebody_decides(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", MIXED)
    code, report = run(tmp_path, file, TEXT)
    assert (code, report["file_refused"]) == (3, True)
    (problem,) = report["problems"]
    assert (problem["code"], problem["column"]) == ("text_legacy_font", "who")
    assert (problem["data"]["example"], problem["data"]["converted"]) == ("NguyÔn V¨n A", "Nguyễn Văn A")
    assert run(tmp_path, file, TEXT, "--dry-run")[0] == 0
    assert not dossiers().exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("convert", ["Nguyễn Văn A", "Trần Thị Bình", "Lê Hồ", "Lý Thị Dợ"]),
        ("keep", ["NguyÔn V¨n A", "TrÇn ThÞ B×nh", "Lª Hå", "Lý Thị Dợ"]),
    ],
)
def test_a_column_is_converted_or_kept_as_decided(tmp_path: Path, choice: str, names: list[str]) -> None:
    code, _report = run(tmp_path, written(tmp_path, "a.csv", MIXED), TEXT, "--old-fonts", choice)
    assert code == 0
    stored = dossiers().order_by("code")
    assert list(stored.values_list("applicant", flat=True)) == names
    assert stored[1].procedure_name == "Hà Giang", "another column is not touched"


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
@pytest.mark.parametrize("code", ["A1", "Hå s¬ ®Êt ®ai 1"], ids=["plain code", "code of an old font"])
def test_a_conflict_is_refused_with_its_texts_converted(tmp_path: Path, code: str) -> None:
    file = written(tmp_path, "a.csv", HEADER + f"{code},2024-01-05,,,Khai sinh,NguyÔn V¨n A\n")
    assert run(tmp_path, file, TEXT, "--old-fonts", "convert")[0] == 0
    other = TEXT.replace("by-row", "another")
    exit_code, report = run(tmp_path, file, other, "--old-fonts", "convert")
    assert (exit_code, report["refused"]) == (3, 1)
    assert [problem["code"] for problem in report["problems"]] == ["code_of_other_source"]
    (_header, line) = Path(report["refused_file"]).read_text("utf-8-sig").splitlines()
    assert line.startswith(f"{dossiers().get().code},2024-01-05,,,Khai sinh,Nguyễn Văn A,")


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_the_page_asks_and_converts(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    send(client, "MaHoSo,TenTTHC,NgayTiepNhan,ChuHoSo\nH-1,Khai sinh,20240105090000,Nguyeãn Vaên A\n")
    started = Import.objects.get()
    run_import_job.task.func(key=started.key, by="clerk", dry_run=True)
    page = client.get(reverse("imports:import_detail", args=[started.key])).content.decode()
    assert 'name="old_fonts" value="convert"' in page
    assert "Nguyễn Văn A" in page
    client.post(reverse("imports:confirm", args=[started.key]), {"old_fonts": "convert"})
    run_import_job.task.func(key=started.key, by="clerk", dry_run=False)
    assert dossiers().get().applicant == "Nguyễn Văn A"


STRAY = (
    HEADER
    + "A0,2024-01-05,,,Cấp phép,Lý Thị Dợ\nA1,2024-01-05,,,Cấp phép,Sùng Mí Pó\n"
    + ("A2,2024-01-05,,,CÊp giÊy phÐp,Vàng Thị Mẩy\nA3,2024-01-05,,,Cấp phép,Nguyeãn Vaên Ñöùc\n")
)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_a_text_of_an_old_font_among_correct_ones_is_named_with_its_row(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", STRAY), TEXT)
    assert (code, report["new"], report["refused"]) == (0, 4, 0)
    warned = [(one["row"], one["column"], one["data"]["converted"]) for one in report["problems"]]
    assert warned == [(4, "what", "Cấp giấy phép"), (5, "who", "Nguyễn Văn Đức")]
    assert {one["severity"] for one in report["problems"]} == {"warning"}


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_single_texts_are_converted_and_correct_ones_of_their_column_are_not(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", STRAY), TEXT, "--old-fonts", "convert")
    assert (code, report["problems"]) == (0, [])
    stored = dossiers().order_by("code").values_list("procedure_name", "applicant")
    assert list(stored)[1:] == [
        ("Cấp phép", "Sùng Mí Pó"),
        ("Cấp giấy phép", "Vàng Thị Mẩy"),
        ("Cấp phép", "Nguyễn Văn Đức"),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_many_such_texts_are_counted_after_the_first_twenty(tmp_path: Path) -> None:
    lines = [f"B{number},2024-01-05,,,Cấp phép,Đỗ Thị {'ẢẤẦẨ'[number % 4]}" for number in range(40)]
    lines += [f"C{number},2024-01-05,,,Cấp phép,NguyÔn V¨n B{chr(97 + number)}" for number in range(25)]
    report = run(tmp_path, written(tmp_path, "a.csv", HEADER + "\n".join(lines)), TEXT)[1]
    assert report["problem_counts"] == {"text_legacy_row": 20, "text_legacy_rows": 1}
