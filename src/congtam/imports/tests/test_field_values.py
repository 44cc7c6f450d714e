"""Values as they are met in the field: twelve hours, day numbers, numbers that were codes, characters nobody sees."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from congtam.imports.interpretation.interpreter import Interpreter
from congtam.imports.shipped import mapping_from
from congtam.imports.tests.files import BY_ROW, cases, mapping, spreadsheet
from congtam.imports.tests.test_interpreter import HEAD, NOW, interpret
from congtam.imports.tests.test_mappings import mistakes
from congtam.kernel.errors import InputRefused
from congtam.tabular.readers.grouping import group_rows
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.records import SourceRow

NOON = datetime(2024, 1, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "written", "expected"),
    [
        ("dd/MM/yyyy hh:mm tt", "05/01/2024 12:00 PM", NOON),
        ("dd/MM/yyyy hh:mm:ss tt", "5/1/2024 12:00:00 CH", NOON),
        ("dd/MM/yyyy hh:mm tt", "05/01/2024 12:00 SA", datetime(2024, 1, 4, 17, tzinfo=UTC)),
        ("hh:mm tt dd/MM/yyyy", "3:30 chiều 05/01/2024", datetime(2024, 1, 5, 8, 30, tzinfo=UTC)),
        ("excel", 45296.5, NOON),
        ("excel", "45296", datetime(2024, 1, 4, 17, tzinfo=UTC)),
        ("excel", 45296.34027777778, datetime(2024, 1, 5, 1, 10, tzinfo=UTC)),
        ("epoch", "1704430800", NOON),
        ("epoch", 1704430800.0, NOON),
        ("epoch_ms", "1704430800000", NOON),
        ("'ngày' dd 'tháng' MM 'năm' yyyy", "ngày 5 tháng 1 năm 2024", datetime(2024, 1, 4, 17, tzinfo=UTC)),
        ("yyyy-MM-ddTHH:mm", "2024-01-05T12:00", NOON),
    ],
)
def test_dates(form: str, written: Any, expected: datetime) -> None:
    row = interpret("received: r", {"r": written}, head=f'dates: ["{form}"]').row
    assert row is not None
    assert row.received_at == expected


@pytest.mark.parametrize(
    ("form", "written"),
    [("dd/MM/yyyy hh:mm tt", "05/01/2024 13:00 PM"), ("dd/MM/yyyy hh:mm tt", "05/01/2024 12:00 tối")],
)
def test_times_that_do_not_exist(form: str, written: str) -> None:
    (problem,) = interpret("received: r", {"r": written}, head=f'dates: ["{form}"]').problems
    assert problem.code == "date_unreadable"


def test_a_day_number_is_called_so() -> None:
    (problem,) = interpret("received: r", {"r": 45296.0}, head="dates: [dd/MM/yyyy]").problems
    assert (problem.code, problem.data["day"]) == ("date_serial", "05/01/2024")


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ("DD/MM/yyyy", "the letter D means nothing"),
        ("dd/MM/yyyy HH:mm:ss Z", "the letter Z means nothing"),
        ("dd/mm/yyyy", "MM missing"),
        ("dd/MM/yyyy hh:mm", "hh and tt go together"),
        ("dd/dd/MM/yyyy", "a part is there twice"),
    ],
)
def test_a_wrong_date_form_is_refused_with_its_line(form: str, fault: str) -> None:
    told = mistakes(f'{HEAD}dates: ["{form}"]\ncase: {{code: A, received: B}}\n')
    assert [(fault in words, row) for words, row in told] == [(True, 3)]
    told = mistakes(f'{HEAD}case:\n  code: A\n  received: {{column: B, dates: ["{form}"]}}\n')
    assert [(fault in words, row) for words, row in told] == [(True, 5)]


@pytest.mark.parametrize("written", [float("nan"), "nan", "NaN", "NaT"])
def test_no_number_is_nothing(written: Any) -> None:
    row = interpret("received: r, due: d, fee: f", {"r": "2024-01-05", "d": written, "f": written}).row
    assert (row.due_at, row.fee_dong) == (None, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (1234567890123456789.0, "number_too_long"),
        ("1.23457E+11", "number_rounded"),
        ("#REF!", "cell_error"),
        ("H-1\u200b", "code_malformed"),
    ],
)
def test_codes_that_are_none(written: Any, code: str) -> None:
    row, problems = interpret("received: r", {"r": "2024-01-05", "id": written})
    assert row is None
    assert [problem.code for problem in problems] == [code]
    if code == "code_malformed":
        assert "zero-width space" in problems[0].format_message()


@pytest.mark.parametrize("written", ["Đã xong", "đã XONG", "Đã\u00a0xong", "Đã  xong\u200b", "Da xong"])
def test_words_are_compared_folded(written: str) -> None:
    part = "received: r, finished: r, state: {column: s, translate: {Đã xong: finished}}"
    assert interpret(part, {"r": "2024-01-05", "s": written}).row.state == "finished"


def test_words_that_fold_alike_are_compared_as_written() -> None:
    part = "received: r, channel: {column: c, translate: {Bàn: desk, Bán: online}, otherwise: unknown}"
    got = [interpret(part, {"r": "2024-01-05", "c": word}).row.channel for word in ("Bàn", "Bán", "ban")]
    assert got == ["desk", "online", "unknown"]


def test_what_nobody_sees_is_named() -> None:
    part = "received: r, channel: {column: c, translate: {a: desk}}"
    (problem,) = interpret(part, {"r": "2024-01-05", "c": "xong\u00a0rồi"}).problems
    assert "xong⟨U+00A0 no-break space⟩rồi" in problem.format_message()


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def sheet_with(path: Path, rows: str, styles: str = STYLES) -> Path:
    spreadsheet(path, ["id", "start", "due", "end", "what"])
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    parts["xl/styles.xml"] = styles.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def row_of(number: int, *cells: str) -> str:
    inside = "".join(cell.replace("@", str(number)) for cell in cells)
    return f'<row r="{number}">{inside}</row>'


START = '<c r="B@" t="inlineStr"><is><t>2024-01-05</t></is></c>'


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="A@" s="1"><v>123</v></c>', "number_padded"),
        ('<c r="A@" s="1"><v>123456</v></c>', None),
        ('<c r="A@" t="e"><v>#REF!</v></c>', "cell_error"),
        ('<c r="A@"><f>SUM(Z1)</f></c>', "formula_without_value"),
        ('<c r="A@"><f>SUM(Z1)</f><v></v></c>', "formula_without_value"),
        ('<c r="A@"><f>1+1</f><v>2</v></c>', None),
    ],
)
def test_cells_of_a_spreadsheet(tmp_path: Path, cell: str, code: str | None) -> None:
    path = sheet_with(tmp_path / "a.xlsx", row_of(2, cell, START))
    (case,) = cases(path)
    _row, problems = Interpreter(mapping(BY_ROW), unit_code="024", now=NOW).interpret(case)
    assert [problem.code for problem in problems] == ([code] if code else [])
    if code == "number_padded":
        assert "000123" in problems[0].format_message()
    if code == "cell_error":
        assert "#REF!" in problems[0].format_message()


def test_marks_survive_the_way_over_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congtam.tabular.readers.grouping._IN_MEMORY", 1)
    path = sheet_with(
        tmp_path / "a.xlsx",
        "".join(row_of(number, '<c r="A@" s="1"><v>123</v></c>', START) for number in (2, 3)),
    )
    rows = [SourceRow(case.values, case.row) for case in cases(path)]
    held = group_rows(rows, key=lambda row: str(row.row), limits=ReadLimits(), sheet=None)
    shown = [event.values["id"].shown for case in held for event in case.events]
    assert shown == ["000123", "000123"]


def test_a_header_is_recognised_whatever_cannot_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\u200b,start,due,end,wh\u00adat\nA,2024-01-05,,,x\n", encoding="utf-8")
    (case,) = cases(path)
    assert (case.values["id"], case.values["what"]) == ("A", "x")


def test_a_mapping_that_is_not_there_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as error:
        mapping_from(str(tmp_path / "none.yaml"))
    assert [problem.code for problem in error.value.problems] == ["mapping_missing"]
