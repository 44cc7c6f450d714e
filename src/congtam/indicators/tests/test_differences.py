"""`congtam figures diff`: what came, went and changed between two receipts, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role
from congtam.indicators.cli import figure_command
from congtam.indicators.counting.scopes import unit_scope
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import all_definitions
from congtam.indicators.difference_cli import figures_command
from congtam.indicators.domain.receipt_files import read_receipt
from congtam.indicators.domain.row_changes import Change, Reason, SeenRow, row_differences
from congtam.indicators.figures.building import build_figure, count_figures
from congtam.indicators.figures.differences import receipt_differences
from congtam.indicators.tests.conftest import store
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.warehouse.public import data_version

ON_TIME = "dossiers.on_time_rate"
LATE = DossierRow(
    code="LATE-1",
    unit_code="00691",
    received_at=datetime(2025, 2, 3, 2, tzinfo=UTC),
    due_at=datetime(2025, 2, 10, 2, tzinfo=UTC),
    finished_at=datetime(2025, 2, 7, 2, tzinfo=UTC),
    state="finished",
)


def receipt(folder: Path, name: str, *arguments: str, code: str = ON_TIME, period: str = "2025-H1") -> Path:
    """What `congtam figure` prints, in a file."""
    options = ["--unit", "02", "--period", period, "--json"]
    printed = CliRunner().invoke(figure_command, [code, *options, *arguments])
    assert printed.exit_code == 0, printed.stdout
    path = folder / name
    path.write_text(printed.stdout, encoding="utf-8")
    return path


def altered(path: Path, name: str, **values: Any) -> Path:
    """A copy of a receipt in which somebody changed something."""
    copy = path.with_name(name)
    copy.write_text(json.dumps(json.loads(path.read_text()) | values))
    return copy


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(figures_command, ["diff", *map(str, arguments)])


def compared(first: Path, second: Path) -> dict[str, Any]:
    done = diff(first, second, "--rows", "--json")
    assert done.exit_code == 0, done.stdout
    document: dict[str, Any] = json.loads(done.stdout)
    assert set(document) == {"came", "went", "changed", "reasons", "rows"}
    assert sum(document["reasons"].values()) == len(document["rows"])
    assert document["came"] + document["went"] + document["changed"] == len(document["rows"])
    return document


def finished_on_time(dossiers: list[DossierRow], place: int) -> DossierRow:
    half_year = (datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 5, 1, tzinfo=UTC))
    found = [
        one
        for one in dossiers
        if one.finished_at and one.due_at and one.finished_at < one.due_at
        if half_year[0] < one.received_at and one.finished_at < half_year[1]
    ]
    return found[place]


def test_late_entries_and_corrections(dossiers: list[DossierRow], tmp_path: Path) -> None:
    first = receipt(tmp_path, "a.json")
    moved, slower = (finished_on_time(dossiers, place) for place in (0, 1))
    assert slower.due_at is not None
    outside = replace(moved, finished_at=datetime(2025, 9, 1, tzinfo=UTC))
    late = replace(slower, finished_at=slower.due_at + timedelta(days=2))
    store(LATE, outside, late, import_key="later")
    found = compared(first, receipt(tmp_path, "b.json"))
    assert (found["came"], found["went"], found["changed"]) == (1, 1, 1)
    assert found["reasons"] == {"late_entry": 1, "correction": 2}
    rows = {row["key"]: row for row in found["rows"]}
    assert rows[LATE.code] | {"after": None} == {
        "key": LATE.code, "change": "came", "reason": "late_entry", "before": None, "after": None,
    }  # fmt: skip
    assert (rows[outside.code]["change"], rows[outside.code]["after"]) == ("went", None)
    assert (rows[late.code]["before"], rows[late.code]["after"]) == ("numerator", "denominator")
    counts = json.loads(diff(first, tmp_path / "b.json", "--json").stdout)
    assert counts == {**found, "rows": []}
    assert "nhập sau: 1" in diff(first, tmp_path / "b.json").stdout


def test_the_same_receipt_twice_is_no_difference(dossiers: list[DossierRow], tmp_path: Path) -> None:
    first = receipt(tmp_path, "a.json")
    assert compared(first, first) == {"came": 0, "went": 0, "changed": 0, "reasons": {}, "rows": []}


def test_another_map_of_units(dossiers: list[DossierRow], tmp_path: Path) -> None:
    """The agency H22.09 was below nobody on the map of then as on that of the day: nothing moves without a cause."""
    first, second = receipt(tmp_path, "a.json"), receipt(tmp_path, "b.json", "--map", "2025-06-30")
    assert set(compared(first, second)["reasons"]) <= {"map"}


def test_another_version_of_the_definition(dossiers: list[DossierRow], tmp_path: Path) -> None:
    period = Period.parse("2025-H1")
    second = receipt(tmp_path, "b.json")
    now = read_receipt(second.read_bytes(), name="b.json")
    older = next(
        one for one in all_definitions() if one.code == ON_TIME and one.version != now.definition_version
    )
    window, scope = Window(period, now.as_of), unit_scope("02", period, None)
    version = data_version("dossiers")
    counts = count_figures([older], {window: scope}, version=version)
    figure = build_figure(older, "02", window, scope=scope, counts=counts, version=version, map_on=None)
    first = tmp_path / "a.json"
    first.write_text(json.dumps(figure.receipt))
    found = compared(first, second)
    assert set(found["reasons"]) == {"definition"}
    assert found["came"] - found["went"] == int(now.denominator - float(figure.denominator))


def test_time_that_passed(dossiers: list[DossierRow], frozen_clock: FixedClock, tmp_path: Path) -> None:
    due = datetime(2026, 3, 10, 2, tzinfo=UTC)
    open_one = replace(LATE, code="OPEN-1", due_at=due, finished_at=None, state="in_progress")
    store(open_one, import_key="open")
    options = {"code": "dossiers.open_overdue", "period": "2026"}
    first = receipt(tmp_path, "a.json", **options)
    frozen_clock.advance(timedelta(days=30))
    found = compared(first, receipt(tmp_path, "b.json", **options))
    assert found["reasons"].keys() <= {"time"}
    assert [row["key"] for row in found["rows"]] == ["OPEN-1"]


def test_what_cannot_be_compared_is_told_at_once(dossiers: list[DossierRow], tmp_path: Path) -> None:
    first = receipt(tmp_path, "a.json")
    other = altered(first, "b.json", unit="024", period="2025-01-01..2025-04-01", definition_version=77)
    done = diff(first, other, "--json")
    problems = json.loads(done.stdout)["problems"]
    assert done.exit_code == 3
    assert [(one["code"], one["file"]) for one in problems] == [
        ("receipt.other_question", "b.json"),
        ("receipt.other_question", "b.json"),
        ("receipt.definition_unknown", "b.json"),
    ]
    with translation.override("en"):
        assert "b.json: There is no version 77 of indicator" in diff(first, other).stderr


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("", {"receipt.unreadable"}),
        ("[1]", {"receipt.unreadable"}),
        ("[" * 100_000, {"receipt.unreadable"}),
        ("{}", {"receipt.field_missing"}),
        (
            '{"code": 7, "as_of": "2025-01-01", "period": "x"}',
            {"receipt.field_missing", "receipt.field_malformed"},
        ),
        ('{"code": "x", "parts": []}', {"receipt.composed"}),
    ],
)
def test_files_that_are_no_receipts(tmp_path: Path, content: str, codes: set[str]) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(content)
    done = diff(tmp_path / "a.json", tmp_path / "b.json", "--json")
    problems = json.loads(done.stdout)["problems"]
    assert {one["code"] for one in problems} == codes
    assert {one["file"] for one in problems} == {"a.json", "b.json"}


def test_numbers_or_data_that_were_altered(dossiers: list[DossierRow], tmp_path: Path) -> None:
    first = receipt(tmp_path, "a.json")
    wrong = altered(first, "b.json", numerator=1)
    ahead = altered(first, "c.json", data_version=data_version("dossiers") + 5)
    for path, code in ((wrong, "receipt.not_reproduced"), (ahead, "receipt.data_unknown")):
        problems = json.loads(diff(first, path, "--json").stdout)["problems"]
        assert [one["code"] for one in problems] == [code]


def test_who_may_not_see_the_unit_finds_nothing(dossiers: list[DossierRow], tmp_path: Path) -> None:
    first = receipt(tmp_path, "a.json")
    read = read_receipt(first.read_bytes(), name="a.json")
    clerk = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="026"),))
    with pytest.raises(NotFound):
        receipt_differences(read, read, names=("a.json", "a.json"), to=clerk)


KEYS = st.sampled_from(["a", "b", "c", "d"])
ROWS = st.dictionaries(
    KEYS,
    st.builds(
        SeenRow,
        part=st.sampled_from(["numerator", "denominator"]),
        content=st.tuples(st.integers(0, 2), st.just(0)),
    ),
)


@given(ROWS, st.lists(st.tuples(st.sampled_from(Reason), ROWS), max_size=4), st.sets(KEYS))
def test_differences_lead_from_the_first_rows_to_the_last(
    first: Mapping[str, SeenRow], steps: list[tuple[Reason, Mapping[str, SeenRow]]], there: set[str]
) -> None:
    found = row_differences(first, steps, in_first_data=there)
    last = steps[-1][1] if steps else first
    by_change = {change: {one.key for one in found.rows if one.change == change} for change in Change}
    assert (first.keys() | by_change[Change.CAME]) - by_change[Change.WENT] == last.keys()
    assert by_change[Change.CHANGED] == {key for key in first.keys() & last.keys() if first[key] != last[key]}
    assert sum(found.reasons.values()) == len(found.rows)
