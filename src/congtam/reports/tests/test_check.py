"""`congtam reports check`: each figure of a file against its receipt, the stored one, and a count of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from django.utils import translation

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.public import InspectionPack, content_of, prepare
from congtam.kernel.periods import Period
from congtam.reports.actions.documents import build_pack_report
from congtam.reports.cli import reports_command
from congtam.reports.inspection import inspection_report
from congtam.testing.prepared import FROZEN, copy_folder, prepared
from congtam.typesetting.public import (
    BoundFigure,
    OfficialDocument,
    Paragraph,
    Run,
    figures,
    render,
)

pytestmark = pytest.mark.django_db
FORMATS = pytest.mark.parametrize("form", ["docx", "pdf"])


def _dossiers(count: int) -> Iterator[DossierRow]:
    first = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
    for number in range(count):
        received = first + timedelta(hours=number)
        due = received + timedelta(days=3)
        finished = due + timedelta(minutes=-30 if number % 3 else 300)
        yield DossierRow(
            code=f"H-{number:03}",
            unit_code="00688",
            received_at=received,
            due_at=due,
            finished_at=finished,
            state="returned",
            field_name="Hộ tịch",
        )


def _store(count: int, key: str) -> None:
    store_dossiers(_dossiers(count), unit_code="00688", actor=console_actor(), import_key=key, source="test")
    drain_outbox()


def enter_pack() -> None:
    """Dossiers of the ward 00688 and a pack about them."""
    _store(60, "first")
    prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=console_actor(), sample_size=5)


@pytest.fixture
@prepared(enter_pack, at=FROZEN)
def pack(small_tree: None, django_db_setup: Path, warehouse_dir: Path) -> InspectionPack:
    """The pack of `enter_pack`."""
    copy_folder(django_db_setup, warehouse_dir)
    return InspectionPack.objects.get()


def _check(content: bytes, folder: Path, *more: str) -> tuple[int, str, str]:
    file = folder / "report"
    file.write_bytes(content)
    with translation.override("en"):
        done = CliRunner().invoke(reports_command, ["check", str(file), *more])
    return done.exit_code, done.stdout, done.stderr


def _figures(content: bytes, folder: Path) -> list[dict[str, Any]]:
    return list(json.loads(_check(content, folder, "--json")[1])["figures"])


@FORMATS
def test_a_report_as_it_was_made_is_right(pack: InspectionPack, tmp_path: Path, form: str) -> None:
    code, printed, said = _check(render(build_pack_report(pack), form), tmp_path)
    assert code == 0
    lines = printed.splitlines()
    assert len(lines) == len(figures(build_pack_report(pack)))
    assert all(line.endswith("  OK") for line in lines)
    assert any("dossiers.on_time_rate 024 2025-Q3: 66,67" in line for line in lines)
    assert "0 to review" in said


@FORMATS
def test_what_counts_otherwise_today_is_shown_with_todays_number(
    pack: InspectionPack, tmp_path: Path, form: str
) -> None:
    content = render(build_pack_report(pack), form)
    _store(72, "second")
    code, printed, _said = _check(content, tmp_path)
    assert code == 1
    assert "dossiers.received 024 2025-Q3: 60  counted today: 72" in printed
    received = next(one for one in _figures(content, tmp_path) if one["code"] == "dossiers.received")
    assert (received["is_as_receipt"], received["recounted"], received["now"]) == (True, "changed", "72")


def test_a_number_typed_over_in_word_is_shown_beside_its_receipt(
    pack: InspectionPack, tmp_path: Path
) -> None:
    word = docx.Document(BytesIO(render(build_pack_report(pack), "docx")))
    run = next(run for one in word.paragraphs for run in one.runs if run.text.startswith("60"))
    run.text = "90"
    target = BytesIO()
    word.save(target)
    code, printed, said = _check(target.getvalue(), tmp_path)
    assert code == 1
    assert "dossiers.received 024 2025-Q3: 90  the receipt says 60" in printed
    assert "1 to review" in said


def test_a_number_deleted_in_word_is_shown(pack: InspectionPack, tmp_path: Path) -> None:
    word = docx.Document(BytesIO(render(build_pack_report(pack), "docx")))
    for part in (word.element.body,):
        for node in part.iter("{*}t"):
            if node.text == "60":
                node.text = ""
    target = BytesIO()
    word.save(target)
    assert "no longer in the text" in _check(target.getvalue(), tmp_path)[1]


def _forged(document: OfficialDocument, change: dict[str, Any]) -> OfficialDocument:
    """The document as a forger would make it: other receipts, with a list that agrees with itself."""

    def of_run(run: Run) -> Run:
        return replace(run, receipt={**run.receipt, **change}) if isinstance(run, BoundFigure) else run

    blocks = tuple(
        replace(block, runs=tuple(of_run(run) for run in block.runs))
        for block in document.blocks
        if isinstance(block, Paragraph)
    )
    return replace(document, blocks=blocks, annexes=())


@FORMATS
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"digest": "0" * 64}, "unknown", id="a receipt nobody stored"),
        pytest.param({"value": 0.99}, "forged", id="another value"),
        pytest.param({"unit": "026"}, "forged", id="another unit"),
        pytest.param({"period": "2025-Q2"}, "forged", id="another period"),
        pytest.param({"period": "nonsense"}, "forged", id="no period"),
        pytest.param({"code": "dossiers.online_filing_rate"}, "forged", id="another indicator"),
    ],
)
def test_a_forged_file_is_found_by_what_is_stored(
    pack: InspectionPack, tmp_path: Path, form: str, *, change: dict[str, Any], expected: str
) -> None:
    forged = _forged(build_pack_report(pack), change)
    found = _figures(render(forged, form), tmp_path)
    assert found
    assert {one["recounted"] for one in found} == {expected}


@pytest.mark.parametrize("change", [{"value": "99"}, {"name": None}, {"more": 1}, {"value": True}])
def test_a_receipt_that_cannot_be_read_is_refused(
    pack: InspectionPack, tmp_path: Path, change: dict[str, Any]
) -> None:
    forged = _forged(build_pack_report(pack), change)
    code, printed, said = _check(render(forged, "docx"), tmp_path)
    assert (code, printed) == (3, "")
    assert "cannot be read" in said


def test_a_foreign_file_is_refused_with_what_to_do(
    small_tree: None, warehouse_dir: Path, tmp_path: Path
) -> None:
    code, _printed, said = _check(b"%PDF-1.7 of somebody", tmp_path)
    assert code == 3
    assert "Choose the original file" in said


def test_a_pack_of_another_day_gives_the_same_figures(pack: InspectionPack) -> None:
    """The receipts depend on the pack alone, not on the day the report is made."""
    one, other = (
        inspection_report(content_of(pack), key="x", prepared_on=day)
        for day in (date(2025, 10, 1), date(2025, 11, 1))
    )
    assert figures(one) == figures(other)
