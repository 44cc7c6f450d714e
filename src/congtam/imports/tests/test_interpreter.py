"""From a case to a dossier: dates and zones, translations, first and last events, and what cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from congtam.imports.interpretation.interpreter import Interpreter
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.tabular.records import SourceCase, SourceRow

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HEAD = "mapping: 1\nname: x\n"


def interpret(
    case_part: str, values: dict[str, Any], *, head: str = "", events: list[dict[str, Any]] | None = None
) -> Any:
    mapping = read_mapping(f"{HEAD}{head}\ncase: {{code: id, {case_part}}}\n")
    rows = [SourceRow(event, number) for number, event in enumerate(events or [], start=1)]
    case = SourceCase({"id": "A", **values}, 7, rows)
    return Interpreter(mapping, unit_code="024", now=NOW).interpret(case)


@pytest.mark.parametrize(
    ("form", "written", "expected"),
    [
        ("iso", "2026-01-05T08:00:00+01:00", datetime(2026, 1, 5, 7, tzinfo=UTC)),
        ("iso", "2026-01-05 08:00", datetime(2026, 1, 5, 1, tzinfo=UTC)),
        ("dd/MM/yyyy HH:mm", "5/1/2026 8:00", datetime(2026, 1, 5, 1, tzinfo=UTC)),
        ("yyyyMMddHHmmss", "20260105080000", datetime(2026, 1, 5, 1, tzinfo=UTC)),
        ("dd.MM.yyyy", "05.01.2026", datetime(2026, 1, 4, 17, tzinfo=UTC)),
    ],
)
def test_dates_are_read_in_the_zone_of_the_mapping(form: str, written: str, expected: datetime) -> None:
    assert interpret("received: r", {"r": written}, head=f"dates: [{form}]").row.received_at == expected


def test_a_bare_due_date_lasts_to_the_end_of_the_day() -> None:
    row = interpret("received: r, due: d", {"r": "2026-01-05", "d": "2026-01-07"}).row
    assert row.due_at == datetime(2026, 1, 7, 16, 59, 59, tzinfo=UTC)
    exact = interpret("received: r, due: d", {"r": "2026-01-05", "d": "2026-01-07T00:00:00"}).row
    assert exact.due_at == datetime(2026, 1, 6, 17, tzinfo=UTC)
    with_offset = interpret("received: r, due: d", {"r": "2026-01-05", "d": "2026-01-07 00:00:00+07:00"}).row
    assert with_offset.due_at == exact.due_at
    written_so = interpret(
        "received: r, due: {column: d, date_only: end}", {"r": "2026-01-05", "d": "2026-01-07T00:00:00"}
    )
    assert written_so.row.due_at == datetime(2026, 1, 7, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        pytest.param("iso", "2026-01-07 00:00:00", id="of a database"),
        pytest.param("dd/MM/yyyy HH:mm", "07/01/2026 00:00", id="fixed width"),
        pytest.param("dd/MM/yyyy HH:mm", "7/1/2026 0:00", id="short"),
        pytest.param("yyyyMMddHHmmss", "20260107000000", id="of the national portal"),
        pytest.param("iso", datetime(2026, 1, 7), id="a cell of a spreadsheet"),  # noqa: DTZ001 - cells have no zone
    ],
)
def test_a_due_date_written_with_midnight_is_a_day(form: str, written: Any) -> None:
    row = interpret(
        "received: r, due: d", {"r": "2026-01-05", "d": written}, head=f"dates: [{form}, iso]"
    ).row
    assert row.due_at == datetime(2026, 1, 7, 16, 59, 59, tzinfo=UTC)


def test_decomposed_text_is_composed_and_spaces_go() -> None:
    decomposed = "Đa\u0306ng ky\u0301"
    row = interpret("received: r, applicant: a", {"r": "2026-01-05", "a": f"  {decomposed} "}).row
    assert row.applicant == "Đăng ký"


def test_translations_with_otherwise_default_and_prefix() -> None:
    channel = "channel: {column: c, translate: {a: online}, otherwise: desk, default: post}"
    got = [
        interpret(f"received: r, code_prefix: W-, {channel}", {"r": "2026-01-05", "c": c}).row
        for c in ("a", "b", "")
    ]
    assert [row.channel for row in got] == ["online", "desk", "post"]
    assert got[0].code == "W-A"


def test_first_last_and_counted_events() -> None:
    events = [
        {"n": "in", "t": "2026-01-05"},
        {"n": "ask", "t": "2026-01-06"},
        {"n": "got", "t": "2026-01-08"},
        {"n": "out", "t": "2026-01-09"},
    ]
    head = "file: {rows: event}\nevent: {name: n, finished: t}\n"
    head += "suspensions: [{ground: supplement, starts: {n: ask}, ends: {n: got}, at: t}]"
    part = "received: {first: t}, finished: {last: t, where: {n: out}}, supplements: {count: events, where: {n: ask}}"
    row = interpret(part, {}, head=head, events=events).row
    assert (row.received_at.day, row.finished_at.day, row.supplement_count, row.state) == (
        4,
        8,
        1,
        "finished",
    )
    assert [step.name for step in row.steps] == ["in", "ask", "got", "out"]
    assert row.suspended_seconds == 2 * 86_400
    assert row.suspensions[0].ground == "supplement"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"r": "", "f": ""}, "value_missing"),
        ({"r": "soon", "f": ""}, "date_unreadable"),
        ({"r": "1948-01-05", "f": ""}, "date_implausible"),
        ({"r": "2090-01-05", "f": ""}, "date_implausible"),
        ({"r": "2026-01-05", "f": "2025-12-31"}, "finished_before_received"),
        ({"r": "2026-01-05T10:00:00", "f": "2026-01-05T09:59:59"}, "finished_before_received"),
        ({"r": "2026-01-05", "f": "", "s": "9"}, "finish_missing"),
        ({"r": "2026-01-05", "f": "2026-01-06", "s": "4"}, "state_contradicts_finish"),
        ({"r": "2026-01-05", "f": "", "s": "77"}, "value_unknown"),
        ({"r": "2026-01-05", "f": "", "fee": "12.5"}, "number_unreadable"),
        ({"r": "2026-01-05", "f": "", "fee": "-1"}, "number_unreadable"),
        ({"r": "2026-01-05", "f": "", "id": "x\x00"}, "value_unreadable"),
        ({"r": "2026-01-05", "f": "", "asked": "9999999999"}, "number_unreadable"),
        ({"r": "2026-01-05", "f": "", "id": "x" * 101}, "code_malformed"),
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, str], code: str) -> None:
    state = '{column: s, translate: {"4": in_progress, "9": finished}}'
    part = f"received: r, finished: f, fee: fee, supplements: asked, state: {state}"
    row, problems = interpret(part, values)
    assert row is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].row == 7
    assert problems[0].column
    assert "{" not in problems[0].format_message()


def test_a_finish_of_the_same_day_without_a_time_is_possible() -> None:
    row, problems = interpret("received: r, finished: f", {"r": "2026-01-05T10:00:00", "f": "2026-01-05"})
    assert row is not None
    assert problems == []


def test_a_due_date_before_receipt_is_a_warning() -> None:
    row, problems = interpret("received: r, due: d", {"r": "2026-01-05", "d": "2026-01-01"})
    assert row is not None
    assert [(problem.code, problem.severity) for problem in problems] == [("due_before_received", "warning")]


def test_all_problems_of_a_row_are_told_at_once() -> None:
    _, problems = interpret("received: r, fee: fee, digitised: d", {"r": "x", "fee": "y", "d": "z"})
    assert [problem.code for problem in problems] == [
        "date_unreadable",
        "number_unreadable",
        "truth_unreadable",
    ]


def test_control_characters_in_kept_columns_refuse_the_row_not_the_program() -> None:
    row, problems = interpret("received: r, keep: [k]", {"r": "2026-01-05", "k": "a\x00b"})
    assert (row, [problem.code for problem in problems]) == (None, ["value_unreadable"])
    head = "file: {rows: event}\nevent: {name: n, where: {n: [x, y]}, keep: [k]}"
    row, problems = interpret(
        "received: {value: 2026-01-05}", {}, head=head, events=[{"n": "x", "k": "a\x00b"}]
    )
    assert (row, [problem.code for problem in problems]) == (None, ["value_unreadable"])


def test_rows_of_one_dossier_must_agree() -> None:
    mapping = read_mapping(HEAD + "file: {rows: event}\ncase: {code: id, received: r}\nevent: {name: n}\n")
    rows = [SourceRow({"id": "A", "r": f"2026-01-0{n}", "n": "x"}, n) for n in (5, 6)]
    row, problems = Interpreter(mapping, unit_code="024", now=NOW).interpret(SourceCase({}, 5, rows))
    assert row is None
    assert [(problem.code, problem.row, problem.column) for problem in problems] == [
        ("value_differs", 6, "r")
    ]


def test_a_due_day_without_a_time_is_not_before_the_hour_of_receipt() -> None:
    row, problems = interpret(
        "received: r, due: {column: d, date_only: start}", {"r": "2026-01-05T10:00:00", "d": "2026-01-05"}
    )
    assert row is not None
    assert problems == []
