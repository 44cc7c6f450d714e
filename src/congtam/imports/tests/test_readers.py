"""Every kind of file is read alike, and every fault of a file is refused clearly before anything is stored."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from congtam.imports.tests.files import BY_EVENT, BY_ROW, cases, spreadsheet, trace, written, xes
from congtam.kernel.errors import InputRefused
from congtam.tabular.readers.limits import ReadLimits

HEADER = "id,start,due,end,what\n"
ROW = "A,2026-01-05,2026-01-07,2026-01-06,Khai sinh\n"
SMALL = ReadLimits(
    ratio_from_bytes=10_000,
    unpacked_bytes=1_000_000,
    unpacked_sheet_bytes=1_000_000,
    rows=3,
    columns=6,
    cell_characters=50,
)


def refusal(
    path: Path, text: str | None = None, *, limits: ReadLimits | None = None, name: str = ""
) -> tuple[str, int | None]:
    """The code of the refusal and its row."""
    with pytest.raises(InputRefused) as error:
        cases(path, *([text] if text else []), limits=limits, name=name)
    (problem,) = error.value.problems
    assert problem.advice
    assert "{" not in problem.format_message()
    return problem.code, problem.row


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", HEADER + ROW),
        ("a.csv.gz", HEADER + ROW),
        ("bom.csv", ("\ufeff" + HEADER + ROW).encode("utf-8")),
        ("wide.csv", (HEADER + ROW).encode("utf-16")),
        ("semicolon.csv", (HEADER + ROW).replace(",", ";")),
        ("title.csv", "Danh sách hồ sơ\n\n" + HEADER + ROW),
        ("windows.csv", (HEADER + ROW).replace("\n", "\r\n")),
    ],
)
def test_csv_in_many_clothes(tmp_path: Path, name: str, content: str | bytes) -> None:
    (case,) = cases(written(tmp_path, name, content))
    assert case.values["id"] == "A"
    assert case.values["what"] == "Khai sinh"


def test_rows_are_counted_as_a_person_counts(tmp_path: Path) -> None:
    found = cases(written(tmp_path, "a.csv", HEADER + 'A,,,,"two\nlines"\n' + "B,,,,x\n"))
    assert [(case.values["id"], case.row) for case in found] == [("A", 2), ("B", 4)]


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {"id": ["A", "B"], "start": pa.array([0, 1], pa.timestamp("ms", "UTC")), "what": ["x", None]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = cases(tmp_path / "a.parquet")
    assert [(case.values["id"], case.row) for case in found] == [("A", 2), ("B", 3)]


def test_xlsx_with_a_title_line_dates_and_numbers(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [["id", "start", "what"], [17.0, 45296.5, "x"], ["B", "", ""]]
    first, second = cases(spreadsheet(tmp_path / "a.xlsx", ["Danh sách"], [], *rows))
    assert (first.values["id"], first.values["start"].isoformat()) == (17, "2024-01-05T12:00:00")
    assert (first.row, first.sheet) == (4, "Hồ sơ")
    assert (second.values["id"], second.values["start"]) == ("B", None)
    with pytest.raises(InputRefused, match="Hồ sơ"):
        cases(tmp_path / "a.xlsx", BY_ROW + "file: {sheet: Other}\n")


def test_xes_with_nested_attributes(tmp_path: Path) -> None:
    nested = (
        trace("A", ("start", "2026-01-05"))
        + '<string key="outer" value="o"><int key="inner" value="1"/></string>'
    )
    (case,) = cases(written(tmp_path, "a.xes.gz", xes(nested)), BY_EVENT)
    assert (case.values["case:outer"], case.values["case:outer/inner"]) == ("o", "1")
    assert case.events[0].values["concept:name"] == "start"


def test_events_scattered_over_the_file_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{code},e{n},2026-01-0{n}" for n in range(1, 5) for code in "AB"]
    content = "\n".join(["case:concept:name,concept:name,time:timestamp", *lines])
    path = written(tmp_path, "a.csv", content)
    in_memory = cases(path, BY_EVENT)
    monkeypatch.setattr("congtam.tabular.readers.grouping._IN_MEMORY", 3)
    through_disk = cases(path, BY_EVENT)
    assert [len(case.events) for case in in_memory] == [4, 4]
    assert in_memory == through_disk


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.csv", b"", ("file_empty", None)),
        ("blank.csv", "\n \n", ("file_empty", None)),
        ("a.pdf", "%PDF", ("file_kind_unknown", None)),
        ("a.xlsx", "not a zip", ("file_not_its_kind", None)),
        ("a.parquet", "PAR1 but no more", ("file_damaged", None)),
        ("latin.csv", HEADER.encode() + "A,,,,Đ\xe9\n".encode("cp1258", "replace"), ("encoding_wrong", 2)),
        ("other.csv", "x,y\n1,2\n", ("columns_missing", 1)),
        ("twice.csv", "id,start,start\n", ("columns_repeated", None)),
        ("quote.csv", HEADER + 'A,,,,"' + "x" * 60 + '"', ("cell_too_long", 2)),
        ("rows.csv", HEADER + ROW * 4, ("rows_too_many", None)),
        ("columns.csv", "id,start,a,b,c,d,e\n", ("columns_too_many", None)),
    ],
)
def test_faulty_flat_files(
    *, tmp_path: Path, name: str, content: str | bytes, expected: tuple[str, int | None]
) -> None:
    code, row = refusal(written(tmp_path, name, content), limits=SMALL)
    assert code == expected[0]
    assert row == expected[1] or expected[1] is None


def test_a_row_of_another_width_is_refused_alone(tmp_path: Path) -> None:
    short, right = cases(written(tmp_path, "a.csv", HEADER + "A,2026-01-05\n" + ROW))
    assert short.fault.code == "row_width"
    assert right.fault is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (xes(trace("A", ("x", "2026-01-05")))[:-20], "xml_broken"),
        ("<log>", "xml_broken"),
        ("<log/>", "xes_without_cases"),
        (xes(trace("A"), head='<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "xml_doctype"),
        (xes(trace("A"), head='<!DOCTYPE log SYSTEM "file:///etc/passwd">'), "xml_doctype"),
    ],
)
def test_faulty_logs(tmp_path: Path, content: str, code: str) -> None:
    assert refusal(written(tmp_path, "a.xes", content), BY_EVENT)[0] == code


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "the secret")
    head = f'<!DOCTYPE log [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = written(
        tmp_path,
        "a.xes",
        xes('<string key="concept:name" value="A"/><string key="k">&x;</string>', head=head),
    )
    with pytest.raises(InputRefused) as error:
        cases(path, BY_EVENT)
    assert "the secret" not in str(error.value)


def test_a_gzip_bomb_is_stopped_early(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv.gz", HEADER + ("A,,,,\n" * 200_000))
    assert refusal(path, limits=ReadLimits(ratio_from_bytes=10_000, ratio=20))[0] == "file_bomb"


def test_a_truncated_gzip_is_damaged(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv.gz", HEADER + ROW * 500)
    path.write_bytes(path.read_bytes()[:-12])
    assert refusal(path)[0] == "file_damaged"


def _bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)


def _traversal(archive: zipfile.ZipFile) -> None:
    archive.writestr("../../etc/cron.d/x", b"x")


@pytest.mark.parametrize(("fill", "code"), [(_bomb, "file_bomb"), (_traversal, "file_name_unsafe")])
def test_spreadsheets_that_are_traps(
    tmp_path: Path, fill: Callable[[zipfile.ZipFile], None], code: str
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    assert refusal(path, limits=SMALL)[0] == code


@pytest.mark.parametrize("name", ["../a.csv", "/etc/passwd.csv", "..\\a.csv", "x/y.csv"])
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    assert refusal(written(tmp_path, "a.csv", HEADER), name=name)[0] == "file_name_unsafe"


def test_a_case_without_end_is_refused(tmp_path: Path) -> None:
    events = [("x", "2026-01-05")] * 20
    path = written(tmp_path, "a.xes", xes(trace("A", *events)))
    assert refusal(path, BY_EVENT, limits=ReadLimits(case_events=10))[0] == "case_too_large"
    assert refusal(path, BY_EVENT, limits=ReadLimits(case_bytes=500))[0] == "case_too_large"


def test_a_small_limit_holds_for_its_own_file_only(tmp_path: Path) -> None:
    long = written(tmp_path, "long.csv", HEADER + "A,,,," + "x" * 60 + "\n")
    assert refusal(long, limits=SMALL) == ("cell_too_long", 2)
    assert next(csv.reader(["x" * 60])) == ["x" * 60]
