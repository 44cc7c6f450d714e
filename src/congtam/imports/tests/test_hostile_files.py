"""Files made to exhaust the machine, or holding what no source should: refused in words, in bounded memory."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from congtam.imports.cli import import_dossiers
from congtam.imports.tests.files import BY_EVENT, BY_ROW, cases, spreadsheet, written
from congtam.imports.tests.test_import import run
from congtam.kernel.errors import InputRefused
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.values import ValueFault, clean

HEADER = "id,start,due,end,what\n"
ROW = "A,2026-01-05,2026-01-07,2026-01-06,Khai sinh\n"


def refusal(path: Path, limits: ReadLimits | None = None) -> str:
    with pytest.raises(InputRefused) as error:
        cases(path, limits=limits)
    (problem,) = error.value.problems
    assert problem.advice
    return problem.code


def spreadsheet_with(path: Path, rows: str) -> Path:
    """A spreadsheet whose one sheet holds this XML."""
    spreadsheet(path, ["id"])
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', id="by its place"),
        pytest.param('<row r="99999999"><c r="XFD99999999"><v>1</v></c></row>', id="beyond any sheet"),
        pytest.param("<row r='1048576'>" + "<c><v>1</v></c>" * 200 + "</row>", id="by counting"),
    ],
)
def test_one_far_cell_takes_no_memory(tmp_path: Path, cell: str) -> None:
    assert refusal(spreadsheet_with(tmp_path / "a.xlsx", cell)) in {"sheet_too_wide", "file_damaged"}


def test_empty_cells_with_a_format_do_no_harm(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.xlsx", ["id", "start", "due", "end", "what"], ["A", 46000.0])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/other.xml", '<a><row r="1048576"><c r="XFD1048576" s="1"/></row></a>')
    assert len(cases(path)) == 1


def test_a_part_that_is_no_xml_is_damaged(tmp_path: Path) -> None:
    assert refusal(spreadsheet_with(tmp_path / "a.xlsx", "<c><d></c>")) == "file_damaged"


def with_part(path: Path, name: str, content: bytes) -> Path:
    """A spreadsheet with one part replaced."""
    spreadsheet(path, ["id", "start", "due", "end", "what"], ["A", 46000.0])
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in (parts | {name: content}).items():
            archive.writestr(part, inside)
    return path


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"])
def test_a_million_elements_beside_the_sheet_are_not_read(tmp_path: Path, part: str) -> None:
    path = with_part(tmp_path / "a.xlsx", part, b"<a>" + b"<b/>" * 5_000 + b"</a>")
    limits = ReadLimits(side_brackets=4_000, sheet_brackets=4_500)
    assert refusal(path, limits) == "file_damaged"


def test_parts_together_are_no_bomb_either(tmp_path: Path) -> None:
    path = with_part(tmp_path / "a.xlsx", "a.bin", b"0" * 1_000_000)
    assert refusal(path, ReadLimits(ratio=100, ratio_from_bytes=500_000)) == "file_bomb"


def test_a_part_that_unpacks_to_more_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = with_part(tmp_path / "a.xlsx", "xl/other.xml", b"<a>" + b" " * 70_000 + b"</a>")
    said, really = (size.to_bytes(4, "little") for size in (6, 70_007))
    content = path.read_bytes()
    assert content.count(really) == 2  # in the header of the part and in the directory
    path.write_bytes(content.replace(really, said))
    assert refusal(path) == "file_damaged"


def test_names_inside_names_fill_no_memory(tmp_path: Path) -> None:
    nested = "".join(f'<string key="{number}" value="b"/>' for number in range(200))
    outer = "A" * 1_000
    trace = f'<string key="{outer}" value="x">{nested}</string>'
    path = written(tmp_path, "a.xes", f"<log><trace>{trace}</trace></log>")
    assert refusal(path, ReadLimits(case_bytes=100_000)) == "case_too_large"
    assert len(cases(path, BY_EVENT)[0].values) == 201


def test_a_line_without_end_is_stopped_before_it_is_held(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv.gz", HEADER + "\0" * 300_000)
    assert refusal(path, ReadLimits(line_length=100_000)) == "cell_too_long"


def test_empty_lines_without_end_are_stopped(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv.gz", HEADER + "\n" * 5_000 + ROW)
    assert refusal(path, ReadLimits(rows=10)) == "rows_too_many"


@pytest.mark.parametrize(
    "content", [(HEADER + ROW).encode("utf-16-le"), (HEADER + ROW).encode("utf-32"), b"i\0d,start\nA,b\n"]
)
@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_nul_characters_in_the_header_are_told(tmp_path: Path, content: bytes) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", content))
    assert code == 3
    assert [found["code"] for found in report["problems"]] == ["header_unreadable"]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_a_header_alone_is_told(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER))
    assert code == 0
    assert [found["code"] for found in report["problems"]] == ["rows_none"]


def parquet(path: Path, **columns: Any) -> Path:
    given = {"id": ["A"], "start": [datetime(2026, 1, 5)], "due": [None], "end": [None], "what": [""]}  # noqa: DTZ001
    pq.write_table(pa.table({**given, **columns}), path)
    return path


def test_a_stamp_beyond_all_years_is_damage(tmp_path: Path) -> None:
    far = pa.array([1 << 62], pa.timestamp("us"))
    assert refusal(parquet(tmp_path / "a.parquet", start=far)) == "file_damaged"


def test_a_text_said_a_thousand_times_is_measured_before_it_is_unpacked(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", what=["x" * 500_000])
    assert refusal(path) == "cell_too_long"
    rows = 4_000
    columns = {name: [name] * rows for name in ("id", "due", "end")} | {
        "start": [datetime(2026, 1, 5)] * rows  # noqa: DTZ001
    }
    said_often = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * 90_000]))
    assert refusal(parquet(tmp_path / "b.parquet", **columns, what=said_often)) == "file_too_large"


@pytest.mark.parametrize("value", [b"\xff", ["a"], {"\0padded": [1, 2, 3]}])
@pytest.mark.parametrize("rows", [1, 100_001])
def test_what_is_no_text_is_told_however_long_the_file(tmp_path: Path, value: Any, rows: int) -> None:
    path = tmp_path / "a.parquet"
    stamps = [datetime(2026, 1, 5)] * rows  # noqa: DTZ001
    table = {"case:concept:name": ["A"] * rows, "time:timestamp": stamps, "concept:name": [value] * rows}
    pq.write_table(pa.table(table), path)
    events = cases(path, BY_EVENT, limits=ReadLimits(case_events=rows))[0].events
    with pytest.raises(ValueFault) as fault:
        clean(events[-1].values["concept:name"], frozenset())
    assert (len(events), fault.value.code) == (rows, "value_unreadable")


@pytest.mark.parametrize("value", [b"\xff", ["a"], {"a": 1}])
def test_what_is_no_text_is_no_value(value: Any) -> None:
    with pytest.raises(ValueFault):
        clean(value, frozenset())


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "m.yaml").write_text(BY_ROW)
    arguments = [str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "m.yaml"), "--unit", "024"]
    assert CliRunner().invoke(import_dossiers, arguments).exit_code == 2


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.xlsx", ["id"])
    with pytest.raises(InputRefused) as error:
        cases(path, BY_ROW.replace("dates:", "file: {sheet: Tháng 1}\ndates:"))
    assert error.value.problems[0].format_message() == "The file has no sheet Tháng 1; it has Hồ sơ"
