"""Facts keep their number on every map, whatever happened to the units."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.org_units.domain.records import EVER, SuccessionRow, UnitVersionRow
from congtam.org_units.domain.register import Register
from congtam.org_units.domain.validation import validate_register

DAYS = [date(2001, 1, 1), date(2002, 1, 1), date(2003, 1, 1)]
Past = tuple[list[UnitVersionRow], list[SuccessionRow]]


def register(versions: list[UnitVersionRow], successions: list[SuccessionRow]) -> Register:
    return Register(versions, successions, sort_key=str.lower)


class _Story:
    """Builds a past in which units below one root are renamed, merged, split, moved and closed."""

    def __init__(self) -> None:
        self.open: dict[str, tuple[date, str]] = {}
        self.versions: list[UnitVersionRow] = [UnitVersionRow(code="R", name="Root", kind="province")]
        self.successions: list[SuccessionRow] = []
        self.count = 0

    def start(self, day: date, parent: str) -> str:
        self.count += 1
        code = f"u{self.count:02}"
        self.open[code] = (day, parent)
        return code

    def close(self, code: str, day: date) -> str:
        since, parent = self.open.pop(code)
        version = UnitVersionRow(
            code=code, name=code, kind="commune", parent=parent, valid_from=since, valid_until=day
        )
        self.versions.append(version)
        return parent

    def follow(self, before: str, after: dict[str, float], day: date) -> None:
        for code, weight in after.items():
            self.successions.append(
                SuccessionRow(
                    predecessor=before, successor=code, on_date=day, weight=weight, whole=weight == 1
                )
            )


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    story = _Story()
    for _ in range(draw(st.integers(2, 6))):
        story.start(EVER, "R")
    for day in DAYS:
        _change(story, day, draw)
    for code in list(story.open):
        since, parent = story.open[code]
        story.versions.append(
            UnitVersionRow(code=code, name=code, kind="commune", parent=parent, valid_from=since)
        )
    return story.versions, story.successions


def _change(story: _Story, day: date, draw: st.DrawFn) -> None:
    """On each day every unit open meets one fate; those who share a fate with a new unit share that unit."""
    codes = sorted(story.open)
    fates = draw(
        st.lists(st.sampled_from(["keep", "rename", "merge", "split", "close"]), min_size=len(codes))
    )
    parents = {
        code: story.close(code, day) for code, fate in zip(codes, fates, strict=False) if fate != "keep"
    }
    merged = story.start(day, "R") if "merge" in fates[: len(codes)] else ""
    for code, fate in zip(codes, fates, strict=False):
        if fate == "rename":
            story.open[code] = (day, parents[code])
        elif fate == "merge":
            story.follow(code, {merged: 1.0}, day)
        elif fate == "split":
            share = draw(st.sampled_from([0.5, 0.25, 0.9]))
            story.open[code] = (day, "R")
            story.follow(code, {code: share, story.start(day, "R"): 1 - share}, day)


@settings(max_examples=200)
@given(pasts())
def test_a_generated_past_is_sound(past: Past) -> None:
    assert validate_register(*past) == []


@settings(max_examples=300)
@given(pasts(), st.sampled_from([day + timedelta(days=shift) for day in DAYS for shift in (-1, 0, 1)]))
def test_every_code_and_time_goes_wholly_to_units_of_the_map(past: Past, map_on: date) -> None:
    known = register(*past)
    tree = known.tree(map_on)
    weights: dict[tuple[str, date | None], float] = defaultdict(float)
    for row in known.crosswalk(map_on):
        assert row.target_code in tree
        weights[row.unit_code, row.valid_from] += row.weight
    assert weights
    assert {round(total, 9) for total in weights.values()} == {1.0}


@settings(max_examples=100)
@given(pasts(), st.data())
def test_the_total_is_the_same_on_every_map(past: Past, data: st.DataObject) -> None:
    known = register(*past)
    days = st.dates(date(2000, 1, 1), date(2004, 1, 1))
    facts = data.draw(st.lists(st.tuples(st.sampled_from(sorted(known.codes)), days), max_size=20))
    totals = [sum(_on_map(known, facts, day).values()) for day in [*DAYS, date(2000, 1, 1), date(2010, 1, 1)]]
    assert totals == pytest.approx([len(facts)] * len(totals))


def _on_map(known: Register, facts: list[tuple[str, date]], map_on: date) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for code, day in facts:
        for row in known.crosswalk(map_on):
            since, until = row.valid_from or date.min, row.valid_until or date.max
            if row.unit_code == code and since <= day < until:
                counts[row.target_code] += row.weight
    return counts


@settings(max_examples=100)
@given(pasts())
def test_a_fact_of_the_day_of_the_map_stays_where_it_is(past: Past) -> None:
    known = register(*past)
    for day in DAYS:
        for code in known.tree(day):
            assert _on_map(known, [(code, day)], day) == {code: 1.0}


DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "crosswalk.md"


def worked_tables() -> tuple[list[list[str]], list[list[str]]]:
    """The successions and the placements of the worked example in the document."""
    example = DOCUMENT.read_text(encoding="utf-8").split("## A worked example")[1].split("## How")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in example.splitlines() if "|" in line
    ]
    return [row for row in rows if len(row) == 3][2:], [
        row for row in rows if len(row) == 4 and row[3][0].isdigit()
    ]


@pytest.fixture(scope="module")
def worked() -> Register:
    reform = date(2025, 7, 1)
    until = {"A": reform, "C": reform}
    since = {"D": reform}
    versions = [
        UnitVersionRow(
            code=code,
            name=code,
            kind="ward",
            valid_from=since.get(code, EVER),
            valid_until=until.get(code, date.max),
        )
        for code in "ABCD"
    ]
    successions = [
        SuccessionRow(
            predecessor=before, successor=after, on_date=reform, weight=float(share), whole=share == "1"
        )
        for before, after, share in worked_tables()[0]
    ]
    assert validate_register(versions, successions) == []
    return register(versions, successions)


@pytest.mark.parametrize(
    ("fact", "map_year", "target", "weight"), worked_tables()[1], ids=lambda cell: cell.replace(" ", "-")
)
def test_the_worked_example(worked: Register, fact: str, *, map_year: str, target: str, weight: str) -> None:
    code, year = fact.split()
    shown = _on_map(worked, [(code, date(int(year), 1, 2))], date(int(map_year), 1, 2))
    assert shown[target] == pytest.approx(float(weight), abs=1e-6)
