"""Importing catalogue files: what is new, what changed, what is refused, and nothing on the second time."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from congtam.foundation.public import Actor, clock, console_actor
from congtam.kernel.clock import today
from congtam.kernel.errors import NotAllowed
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.procedures.catalogue.import_catalogue import (
    UnknownCatalogueFormat,
    import_catalogue,
)
from congtam.procedures.catalogue.import_plan import CatalogueReport
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import version_in_force

pytestmark = pytest.mark.django_db
HEADER = "Mã số,Tên,Cơ quan ban hành,Cơ quan thực hiện,Lĩnh vực,URL\n"
FIRST, SECOND = date(2026, 7, 18), date(2026, 9, 1)


def write_list(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\ufeff" + HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_described(folder: Path, *, limit: str = "5 ngày làm việc", decision: str = "1/QĐ") -> Path:
    path = folder / "described.jsonl.gz"
    record = {
        "code": "1.000001",
        "title": "Đăng ký khai sinh",
        "general": {"Số quyết định": decision, "Cấp thực hiện": "Cấp xã", "Lĩnh vực": "Tư pháp"},
        "sections": {"Trình tự thực hiện": "Bước 1"},
        "methods": [
            {"Hình thức nộp": "Trực tuyến", "Thời gian giải quyết": limit, "Mô tả": "Lệ phí: 8.000 đồng"}
        ],
        "documents": [{"Tên giấy tờ": "Tờ khai", "Bản chính": "1", "Bản sao": "0"}],
        "legal": [{"Tên văn bản pháp lý": "Luật Hộ tịch", "Mã văn bản": "60/2014/QH13"}],
    }
    path.write_bytes(gzip.compress(json.dumps(record, ensure_ascii=False).encode()))
    return path


def run(path: Path, day: date = FIRST) -> CatalogueReport:
    return import_catalogue(path, actor=console_actor(), valid_from=day)


def counts(report: CatalogueReport) -> dict[str, Any]:
    return {name: value for name, value in vars(report).items() if isinstance(value, int) and value}


def test_a_list_with_a_byte_order_mark_and_decomposed_names_is_read(tmp_path: Path) -> None:
    decomposed = "Đăng ký".encode().decode() + " khai sinh cho tre\u0309 em"
    path = write_list(tmp_path, f"1.000001,{decomposed},Bộ Tư pháp,UBND cấp xã,Hộ tịch,https://x")
    assert counts(run(path)) == {"procedures": 1, "new": 1}
    version = ProcedureVersion.objects.get()
    assert version.name.endswith("cho trẻ em")
    assert version.search_key.startswith("1.000001 dang ky khai sinh cho tre em")


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_list(tmp_path, "1.000001,Đăng ký khai sinh,Bộ Tư pháp,UBND cấp xã,Hộ tịch,https://x")
    run(path)
    assert counts(run(path, SECOND)) == {"procedures": 1, "unchanged": 1}
    assert ProcedureVersion.objects.count() == 1


def test_a_change_closes_the_version_and_opens_another(tmp_path: Path) -> None:
    run(write_list(tmp_path, "1.000001,Đăng ký khai sinh,Bộ Tư pháp,UBND cấp xã,Hộ tịch,https://x"))
    report = run(
        write_list(tmp_path, "1.000001,Đăng ký khai sinh lại,Bộ Tư pháp,UBND cấp xã,Hộ tịch,https://x"),
        SECOND,
    )
    assert counts(report) == {"procedures": 1, "changed": 1}
    before, after = version_in_force("1.000001", FIRST), version_in_force("1.000001", SECOND)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Đăng ký khai sinh", "Đăng ký khai sinh lại")
    assert version_in_force("1.000001", date(2026, 7, 17)) is None


def test_a_description_completes_the_list_and_neither_overrides_the_other(tmp_path: Path) -> None:
    listed = write_list(tmp_path, "1.000001,Đăng ký khai sinh,Bộ Tư pháp,UBND cấp xã,Hộ tịch,https://x")
    described = write_described(tmp_path)
    run(listed)
    assert counts(run(described, SECOND)) == {"procedures": 1, "filled": 1}
    for path in (listed, described):
        assert counts(run(path, SECOND)) == {"procedures": 1, "unchanged": 1}
    version = ProcedureVersion.objects.get()
    assert (version.field_name, version.levels, version.valid.lower) == ("Hộ tịch", ["commune"], FIRST)
    assert [(row.channel, row.amount, row.unit) for row in version.limits.all()] == [
        ("online", Decimal(5), "working_days")
    ]
    assert [fee.amount_dong for fee in version.fees.all()] == [8000]
    assert [paper.name for paper in version.papers.all()] == ["Tờ khai"]


def test_a_new_time_limit_makes_a_new_version_and_the_old_one_keeps_its_limit(tmp_path: Path) -> None:
    run(write_described(tmp_path))
    assert counts(run(write_described(tmp_path, limit="3 ngày làm việc"), SECOND)) == {
        "procedures": 1,
        "changed": 1,
    }
    amounts = [version.limits.get().amount for version in ProcedureVersion.objects.order_by("valid")]
    assert amounts == [5, 3]


def test_an_older_file_leaves_a_newer_record_alone(tmp_path: Path) -> None:
    run(write_described(tmp_path), SECOND)
    report = run(write_described(tmp_path, limit="9 ngày"), FIRST)
    assert counts(report) == {"procedures": 1, "unchanged": 1}
    assert [problem.code for problem in report.problems] == ["procedures.older_than_record"]


def test_an_unreadable_limit_is_kept_as_text_and_listed(tmp_path: Path) -> None:
    report = run(write_described(tmp_path, limit="Theo kế hoạch"))
    assert report.as_dict()["unparsed_limits"] == 1
    assert (report.unparsed[0].code, report.unparsed[0].text) == ("1.000001", "Theo kế hoạch")
    limit = ProcedureVersion.objects.get().limits.get()
    assert (limit.amount, limit.raw_text, limit.reason) == (None, "Theo kế hoạch", "no_amount")


def test_problems_name_file_row_and_column_and_the_rest_is_stored(tmp_path: Path) -> None:
    report = run(write_list(tmp_path, "1.000001,A,,,,", "1.000001,B,,,,", ",C,,,,", "1.000002,,,,,"))
    assert counts(report) == {"procedures": 1, "new": 1, "refused": 3}
    told = [(problem.code, problem.file, problem.row, problem.column) for problem in report.problems]
    assert told == [
        ("procedures.code_twice", "list.csv", 3, "Mã số"),
        ("procedures.code_missing", "list.csv", 4, "Mã số"),
        ("procedures.name_missing", "list.csv", 5, "Tên"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("list.pdf", b"%PDF", UnknownCatalogueFormat),
        ("list.csv", "Mã số,Tên\n".encode("utf-16"), FileUnreadable),
        ("list.csv", b"a,b\n1,2\n", FileUnreadable),
        ("list.xlsx", b"not a workbook", FileUnreadable),
        ("list.jsonl.gz", b"not gzip", FileUnreadable),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(
    tmp_path: Path, *, name: str, content: bytes, error: type[Exception]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        run(tmp_path / name)
    assert not ProcedureVersion.objects.exists()


def test_only_an_administrator_of_everything_imports(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_catalogue(write_list(tmp_path), actor=Actor(username="x", name="X"), valid_from=FIRST)


@pytest.mark.real_data
def test_the_national_list_and_the_descriptions_of_2026(real_data: Path) -> None:
    folder = real_data / "tthc"
    listed = import_catalogue(folder / "national_catalogue_2026-07-18_5608.csv", actor=console_actor())
    described = import_catalogue(folder / "citizen_structured_2026_dev.jsonl.gz", actor=console_actor())
    assert counts(listed) == {"procedures": 5608, "new": 5608}
    assert (described.procedures, described.refused, described.new) == (1632, 0, 3)
    assert version_in_force("1.000010", date(2026, 7, 18)) is not None
    again = import_catalogue(folder / "citizen_structured_2026_dev.jsonl.gz", actor=console_actor())
    assert counts(again) == {"procedures": 1632, "unchanged": 1632}
    again = import_catalogue(folder / "national_catalogue_2026-07-18_5608.csv", actor=console_actor())
    assert again.new == again.changed == 0


@pytest.mark.real_data
def test_pages_whose_cells_run_together(real_data: Path) -> None:
    report = import_catalogue(
        real_data / "tthc" / "vnpt_hcm_2026_detail_2642.jsonl.gz", actor=console_actor()
    )
    assert (report.new, report.refused) == (2642, 0)
    version = version_in_force("1.000005", today(clock()))
    assert version is not None
    assert version.limits.exists()


@pytest.mark.real_data
def test_the_lists_of_the_ministries(real_data: Path) -> None:
    for path in sorted((real_data / "tthc").glob("*.xlsx")):
        report = import_catalogue(path, actor=console_actor())
        assert report.new > 0, path.name
        assert report.refused == 0, report.problems
