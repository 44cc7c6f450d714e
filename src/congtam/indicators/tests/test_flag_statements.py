"""The statements of a flag, run by the engine over rows of which some have only a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congtam.indicators.compiling.conditions import Columns, sql_over
from congtam.indicators.compiling.flags import check_flag, compile_flag, compile_tally
from congtam.indicators.definitions.flag_file import all_flag_definitions, flag_definitions
from congtam.indicators.domain.flags import FlagDefinition
from congtam.indicators.domain.vocabulary import Vocabulary
from congtam.warehouse.public import query_arrow

TYPES = {
    "code": "text", "unit_code": "text", "finished_at": "timestamp", "finished_on": "date",
    "finished_on_working_day": "boolean", "finished_has_time": "boolean", "row_hash_high": "bigint",
    "row_hash_low": "bigint",
}  # fmt: skip
ROWS = """(SELECT * FROM (VALUES
  ('night', '024', TIMESTAMPTZ '2024-05-06 23:00:00+07', DATE '2024-05-06', true, true, 1, 2),
  ('noon', '024', TIMESTAMPTZ '2024-05-06 12:00:00+07', DATE '2024-05-06', true, NULL, 3, 4),
  ('day only', '024', TIMESTAMPTZ '2024-05-06 00:00:00+07', DATE '2024-05-06', true, false, 5, 6),
  ('day unknown', '026', TIMESTAMPTZ '2024-05-06 00:00:00+07', DATE '2024-05-06', true, NULL, 7, 8)
) AS v(code, unit_code, finished_at, finished_on, finished_on_working_day, finished_has_time, row_hash_high,
  row_hash_low))"""
VALUES = {"start": "2024-05-01", "end": "2024-06-01", "units": ["024", "026"]}


def flag() -> FlagDefinition:
    return next(one for one in flag_definitions() if one.code == "flags.outside_hours")


def run(one: FlagDefinition, *, tally: bool) -> list[dict[str, Any]]:
    checked = check_flag(one, Vocabulary.of_columns("dossiers", TYPES))
    columns = Columns(unit="unit_code", key="code")
    compiled = (
        compile_tally(checked, columns=columns)
        if tally
        else compile_flag(checked, columns=columns, shown=("code",))
    )
    rows: list[dict[str, Any]] = query_arrow(sql_over(compiled.sql, ROWS), VALUES).to_pylist()
    return rows


def test_a_day_without_a_time_is_left_out_and_counted() -> None:
    assert [row["code"] for row in run(flag(), tally=False)] == ["day unknown", "night"]
    counted = {row["unit_code"]: row for row in run(flag(), tally=True)}
    assert {name: counted["024"][name] for name in ("among", "seen", "without_time")} == {
        "among": 3, "seen": 1, "without_time": 1,
    }  # fmt: skip
    assert counted["026"]["without_time"] == 0
    assert (counted["024"]["among_row_hash_high"], counted["024"]["among_row_hash_low"]) == (9, 12)


def test_a_flag_for_which_the_hour_does_not_matter_looks_at_all() -> None:
    whole = replace(flag(), needs_time=())
    assert [row["code"] for row in run(whole, tally=False)] == ["day only", "day unknown", "night"]


def test_earlier_versions_of_flags_stay() -> None:
    first, newest = flag_definitions(1), flag_definitions()
    assert [one.code for one in first] == [one.code for one in newest]
    assert {one.version for one in first} == {1}
    assert len({(one.code, one.version) for one in all_flag_definitions()}) == len(all_flag_definitions())
    assert len({one.digest for one in all_flag_definitions()}) == len(all_flag_definitions())
