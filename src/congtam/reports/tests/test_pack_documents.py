"""Documents of packs: on the page, on the command line."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import translation

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.files import open_file
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.public import ANNOUNCE, OPEN, PACKS, InspectionPack, content_of, prepare
from congtam.kernel.periods import Period
from congtam.reports.actions.check import check_file
from congtam.reports.actions.documents import build_pack_report, pack_document
from congtam.reports.cli import inspect_command
from congtam.testing.cast import Cast
from congtam.testing.doors.inspections import PackFile
from congtam.testing.ledger import audit_lines
from congtam.testing.prepared import FROZEN, copy_folder, prepared

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db


def _dossiers() -> Iterator[DossierRow]:
    first = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
    for number in range(90):
        received = first + timedelta(hours=number)
        due = received + timedelta(days=3)
        yield DossierRow(
            code=f"=H-{number:03d}" if number == 5 else f"H-{number:03d}",
            unit_code="00688",
            received_at=received,
            due_at=due,
            finished_at=due + timedelta(minutes=-30 if number % 3 else 300),
            state="returned",
            field_name=("Đất đai", "Hộ tịch")[number % 2],
        )


def enter_quarter() -> None:
    """Dossiers of the ward 00688 in the third quarter of 2025."""
    store_dossiers(_dossiers(), unit_code="00688", actor=console_actor(), import_key="q3", source="test")
    drain_outbox()


def enter_pack() -> None:
    """A pack of its city about that quarter."""
    prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=console_actor(), sample_size=10)


@pytest.fixture
@prepared(enter_quarter)
def quarter(small_tree: None, django_db_setup: Path, warehouse_dir: Path) -> None:
    """The dossiers of `enter_quarter`, in the database and in the warehouse."""
    copy_folder(django_db_setup, warehouse_dir)


@pytest.fixture
@prepared(enter_pack, at=FROZEN)
def pack(quarter: None) -> InspectionPack:
    """The pack of `enter_pack`."""
    return InspectionPack.objects.get()


def _address(pack: InspectionPack, form: str) -> str:
    return reverse("reports:pack_document", args=[pack.key, form])


def _fetched(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_document_is_made_once_and_kept(
    pack: InspectionPack, cast: Cast, client_for: SignIn, *, form: str, start: bytes
) -> None:
    client = client_for(cast.inspector)
    answers = [_fetched(client, _address(pack, form)) for _ in range(2)]
    assert answers[0].startswith(start)
    assert answers[0] == answers[1]
    assert PackFile.objects.get().digest == hashlib.sha256(answers[0]).hexdigest()
    assert [line.verb for line in audit_lines(kind="inspection_pack")][1:] == ["inspection.document_made"]


def test_outsiders_get_nothing_and_readers_the_document(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    for part in (cast.outsider, cast.citizen):
        assert client_for(part).get(_address(pack, "pdf")).status_code == 404
    for verb in (ANNOUNCE, OPEN):
        assert client_for(cast.observer).get(_address(pack, "pdf")).status_code == 404
        PACKS.perform(pack.key, verb, actor=console_actor())
    assert _fetched(client_for(cast.observer), _address(pack, "pdf")).startswith(b"%PDF")
    assert client_for(cast.observer).get(_address(pack, "exe")).status_code == 404
    assert client_for(cast.inspector).post(_address(pack, "pdf")).status_code == 405
    assert Client().get(_address(pack, "pdf")).status_code == 302


def _run(*more: str, out: Path, period: str = "2025-Q3") -> tuple[int, str, str]:
    arguments = [
        "prepare",
        "--unit",
        "024",
        "--period",
        period,
        "--seed",
        "7",
        "--sample",
        "10",
        "--out",
        str(out),
        *more,
    ]
    result = CliRunner().invoke(inspect_command, arguments)
    return result.exit_code, result.stdout, f"{result.stderr}{result.exception or ''}"


def test_the_command_writes_everything(quarter: None, tmp_path: Path) -> None:
    out = tmp_path / "new" / "pack"
    code, printed, _ = _run("--json", out=out)
    assert code == 0
    said = json.loads(printed)
    names = {"report.docx", "report.pdf", "pack.json", "figures.csv", "flags.csv", "sample.csv"}
    names |= {"dau-hieu-024-2025-Q3.xlsx"}
    assert names <= set(said["files"])
    assert "charts/trend-dossiers.on_time_rate.svg" in said["files"]
    assert {path.name for path in out.iterdir()} == {*names, "charts"}
    kept = json.loads((out / "pack.json").read_text(encoding="utf-8"))
    assert kept["digest"] == said["digest"] == InspectionPack.objects.get().digest
    with (out / "sample.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    assert all(0 < float(row["probability"]) <= 1 and row["reasons_vi"] for row in rows)


def test_the_same_seed_writes_the_same_files(quarter: None, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _run(out=tmp_path / name)[0] == 0
    for path in (tmp_path / "one").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_the_command_reads_names_and_periods_as_people_write_them(quarter: None, tmp_path: Path) -> None:
    code, printed, _ = _run(
        "--unit", "Thành phố Hà Giang", out=tmp_path / "pack", period="từ 01/07 đến 30/09/2025"
    )
    assert code == 0
    assert "Quý III/2025" in printed
    pack = InspectionPack.objects.get()
    for verb, done in (
        ("announce", "Đã thông báo cho đơn vị"),
        ("open", "Đã mở cho đơn vị"),
        ("withdraw", "Đã thu hồi"),
    ):
        reason = ["--reason", "nhầm kỳ"] if verb == "withdraw" else []
        result = CliRunner().invoke(inspect_command, [verb, pack.key, *reason])
        assert (result.exit_code, done in result.stdout) == (0, True)
    again = CliRunner().invoke(inspect_command, ["announce", pack.key])
    assert again.exit_code == 3
    assert "“Đã thu hồi”" in again.stderr


@pytest.mark.parametrize(
    ("unit", "period", "words"),
    [
        ("024", "2031", "begins on 01/01/2031"),
        ("026", "2025-Q3", "no dossier"),
        ("Xã Không Có", "2025", "Xã Không Có"),
    ],
)
def test_the_command_refuses_what_cannot_be_inspected(
    quarter: None, tmp_path: Path, *, unit: str, period: str, words: str
) -> None:
    with translation.override("en"):
        code, _, complaint = _run("--unit", unit, out=tmp_path / "pack", period=period)
    assert code == 3
    assert words in complaint
    assert not (tmp_path / "pack").exists()


def test_a_folder_with_something_in_it_is_left_alone(quarter: None, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    code, _, complaint = _run(out=tmp_path)
    assert code == 1
    assert "not empty" in complaint
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["mine.txt"]
    assert _run("--force", out=tmp_path / "x")[0] == 0


def test_nonsense_is_wrong_usage(quarter: None, tmp_path: Path) -> None:
    code, _, complaint = _run(out=tmp_path / "x", period="2025-Q9")
    assert code == 2
    assert "không phải là một kỳ" in complaint
    assert not (tmp_path / "x").exists()


def test_a_code_that_looks_like_a_formula_is_quoted(quarter: None, tmp_path: Path) -> None:
    _run("--sample", "90", out=tmp_path / "x")
    assert ",'=H-005," in "," + (tmp_path / "x" / "sample.csv").read_text(encoding="utf-8-sig").replace(
        "\n", "\n,"
    )


def test_the_report_says_where_every_flagged_dossier_is_and_its_counts_can_be_recounted(
    pack: InspectionPack,
) -> None:
    content = content_of(pack)
    assert content.flag_list is not None
    words = repr(build_pack_report(pack))
    assert content.flag_list.name in words
    assert content.flag_list.digest[:32] in words
    stored = pack_document(pack, "docx", actor=console_actor())
    with open_file(stored.digest) as source:
        checked = check_file(source.read(), actor=console_actor())
    counts = {one.receipt.code: one for one in checked if one.receipt.code.startswith("flags.")}
    raised = {flag.code: flag for flag in content.flags if flag.count}
    assert counts.keys() == raised.keys()
    assert raised
    assert all(one.is_right for one in counts.values())
    assert {code: one.receipt.value for code, one in counts.items()} == {
        code: flag.sign_count for code, flag in raised.items()
    }


def test_every_number_of_a_table_by_field_has_a_receipt_that_can_be_recounted(pack: InspectionPack) -> None:
    (table,) = content_of(pack).breakdowns
    stored = pack_document(pack, "docx", actor=console_actor())
    with open_file(stored.digest) as source:
        checked = {one.receipt.code: one for one in check_file(source.read(), actor=console_actor())}
    for row in table.rows:
        late = checked[f"dossiers.late[field_name={row.code}]"]
        assert (late.figure.printed, late.is_right) == (str(row.late), True)
        assert all(checked[one.code].is_right for one in row.figures)
    assert [one.value for one in table.total[:3]] == [
        sum(getattr(row, name) for row in table.rows) for name in ("received", "finished", "late")
    ]


def test_the_table_of_flags_holds_every_dossier(quarter: None, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    assert _run(out=out)[0] == 0
    with (out / "flags.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    content = content_of(InspectionPack.objects.get())
    assert [(row["flag"], row["code"].lstrip("'")) for row in rows] == [
        (flag.code, code) for flag in content.flags for code in flag.codes
    ]
