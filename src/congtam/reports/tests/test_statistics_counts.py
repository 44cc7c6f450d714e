"""Reporting forms against a count by hand: random dossiers, every column, every row, and the dossiers behind them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.printing.public import Verdict
from congtam.dossiers.public import OPEN, DossierRow, store_dossiers
from congtam.foundation.public import Actor, actor_for, console_actor, drain_outbox
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.reports.statistics.counting import (
    Convention,
    Counted,
    DrillDown,
    StatisticsQuestion,
    count_form,
    list_drill_down,
)
from congtam.reports.statistics.definitions import forms, get_form
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
QUARTER = Period.parse("2025-Q3")
START = datetime(2025, 5, 1, 1, 0, tzinfo=UTC)
FIELDS = ("Hộ tịch", "Đất đai", "Chứng thực", "")
UNITS = ("024", "00688", "00691", "026", "H22.09")
ENDED = ("finished", "returned", "refused", "withdrawn", "stopped")


def random_dossier(number: int, draw: random.Random) -> DossierRow:
    """Received over seven months around the quarter: open, ended, ended nobody knows when, without a due date."""
    received = START + timedelta(hours=draw.randrange(24 * 210))
    state = draw.choice((*sorted(OPEN), *ENDED, *ENDED))
    finished = received + timedelta(hours=draw.randrange(1, 24 * 60)) if state in ENDED else None
    if state in {"refused", "withdrawn", "stopped"} and draw.random() < 0.2:
        finished = None
    return DossierRow(
        code=f"H-{number:05}",
        unit_code=draw.choice(UNITS),
        received_at=received,
        due_at=received + timedelta(hours=draw.randrange(24, 24 * 30)) if draw.random() < 0.9 else None,
        finished_at=finished,
        state=state,
        channel=draw.choice(("desk", "online", "post", "unknown")),
        field_name=draw.choice(FIELDS),
        procedure_name="Thủ tục",
        payment=draw.choice(("none", "cash", "online")),
        supplement_count=draw.randrange(2),
    )


@pytest.fixture
def dossiers(small_tree: None, warehouse_dir: Path, frozen_clock: None) -> list[DossierRow]:
    draw = random.Random(20250701)  # noqa: S311 - a repeatable draw
    rows = [random_dossier(number, draw) for number in range(400)]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="import-1", source="test")
    drain_outbox()
    return rows


def in_hand(row: DossierRow, period: Period) -> bool:
    received, finished = day(row.received_at), row.finished_at and day(row.finished_at)
    if received >= period.end:
        return False
    return received >= period.start or (finished >= period.start if finished else row.state in OPEN)


def day(instant: datetime) -> date:
    return local_day(instant)


def verdict(row: DossierRow, period: Period, convention: Convention) -> Verdict | None:
    """Written out again, case by case, so that the count has something to be checked against."""
    if row.due_at is None:
        return None
    if row.finished_at is not None and day(row.finished_at) < period.end:
        days = (day(row.finished_at), day(row.due_at))
        by_date = convention is Convention.BY_DATE
        if days[0] > days[1] if by_date else row.finished_at > row.due_at:
            return Verdict.LATE
        return Verdict.EARLY if days[0] < days[1] else Verdict.ON_TIME
    is_past = row.due_at < period.instants()[1]
    return Verdict.OVERDUE if is_past else Verdict.RUNNING


def by_hand(rows: list[DossierRow], period: Period, convention: Convention) -> dict[str, Counter[int]]:
    """II.06a counted one dossier at a time."""
    found: dict[str, Counter[int]] = {}
    settled = {Verdict.EARLY: 8, Verdict.ON_TIME: 9, Verdict.LATE: 10}
    running = {Verdict.RUNNING: 12, Verdict.OVERDUE: 13}
    for row in (row for row in rows if in_hand(row, period)):
        numbers = found.setdefault(row.field_name, Counter())
        numbers[3] += 1
        is_new = day(row.received_at) >= period.start
        numbers[
            6 if not is_new else 4 if row.channel == "online" else 5 if row.channel != "unknown" else 0
        ] += 1
        ended = row.finished_at is not None and day(row.finished_at) < period.end
        still = (row.finished_at is not None and not ended) or (row.finished_at is None and row.state in OPEN)
        numbers[7 if ended else 11 if still else 0] += 1
        if ended or still:
            found_in = settled if ended else running
            told = verdict(row, period, convention)
            numbers[found_in.get(told, 0) if told else 0] += 1
    return found


def ask(actor: Actor | None = None, *, key: str = "06a", unit: str = "02", **changed: object) -> Counted:
    question = StatisticsQuestion(form=get_form(key), unit=unit, period=QUARTER)
    return count_form(replace(question, **changed), to=actor or console_actor())  # type: ignore[arg-type]


@pytest.mark.parametrize("convention", list(Convention))
def test_every_number_of_06a_is_the_one_counted_by_hand(
    dossiers: list[DossierRow], convention: Convention
) -> None:
    counted = ask(convention=convention)
    expected = by_hand(dossiers, QUARTER, convention)
    assert {row.key for row in counted.rows} == set(expected)
    for row in counted.rows:
        assert {number: expected[row.key][number] for number in row.values} == dict(row.values)
    assert counted.total.values[3] == sum(numbers[3] for numbers in expected.values()) > 150
    assert [row.key for row in counted.rows] == ["Chứng thực", "Đất đai", "Hộ tịch", ""]


@pytest.mark.parametrize("key", [one.key for one in forms()])
def test_the_dossiers_behind_a_number_sum_to_it(dossiers: list[DossierRow], key: str) -> None:
    counted = ask(key=key)
    for row in (*counted.rows, counted.total):
        for number, value in row.numbers.items():
            page = list_drill_down(
                counted.question, DrillDown(row=row.key, column=number), to=console_actor(), limit=1000
            )
            assert page.total == len(page.rows) == value
            assert len({shown["code"] for shown in page.rows}) == value


def test_a_failing_check_is_named_with_its_dossiers(dossiers: list[DossierRow]) -> None:
    counted = ask()
    total = {failure.check.text: failure.difference for failure in counted.failures if failure.row == "*"}
    assert set(total) == {one.text for one in get_form("06a").checks}
    for place, check in enumerate(get_form("06a").checks):
        page = list_drill_down(counted.question, DrillDown(check=place), to=console_actor(), limit=1000)
        assert page.total == total[check.text]
    channels = list_drill_down(counted.question, DrillDown(check=0), to=console_actor(), limit=1000)
    assert {row["channel"] for row in channels.rows} == {"unknown"}


def test_whole_data_pass_every_check(small_tree: None, warehouse_dir: Path, frozen_clock: None) -> None:
    draw = random.Random(7)  # noqa: S311 - a repeatable draw
    rows = [random_dossier(number, draw) for number in range(120)]
    whole = [
        replace(row, channel="post", due_at=row.due_at or row.received_at)
        for row in rows
        if row.finished_at or row.state in OPEN
    ]
    store_dossiers(whole, unit_code="02", actor=console_actor(), import_key="import-1", source="test")
    drain_outbox()
    for one in forms():
        counted = ask(key=one.key)
        assert counted.total.values[3] > 0
        assert counted.failures == ()


def test_pages_of_dossiers_neither_skip_nor_repeat(dossiers: list[DossierRow]) -> None:
    question, seen, after = ask().question, [], None
    while True:
        page = list_drill_down(question, DrillDown(column=3), to=console_actor(), after=after, limit=37)
        seen += [row["code"] for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == page.total


def test_the_board_counts_each_unit_below_once(dossiers: list[DossierRow]) -> None:
    counted = ask(key="board")
    assert [row.key for row in counted.rows] == ["024", "026", "H22.09"]
    wards = ask(key="board", unit="024")
    assert [row.key for row in wards.rows] == ["00688", "00691", "024"]
    assert wards.total.values == next(row.values for row in counted.rows if row.key == "024")


def test_a_unit_out_of_sight_does_not_exist(
    dossiers: list[DossierRow], cast: Cast, client_for: Callable[..., object]
) -> None:
    for account, unit in ((cast.outsider, "024"), (cast.clerk, "02"), (cast.citizen, "024")):
        with pytest.raises(NotFound):
            ask(actor_for(account), unit=unit)
    assert ask(actor_for(cast.observer), unit="024").total.values[3] > 0
