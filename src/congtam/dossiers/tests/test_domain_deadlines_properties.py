"""What holds for every limit, ledger and calendar; and many at once against one by one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates, step_due
from congtam.dossiers.deadlines.domain.ledger import UNITS
from congtam.dossiers.deadlines.domain.vectorized import Pauses, Receipts, compute_many_due_dates
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import DEFAULT_HOURS, OfficeHours, WorkCalendar

COVERS = Period(date(2025, 1, 1), date(2029, 1, 1))
SUMMER = OfficeHours(((time(6, 30), time(11)), (time(14), time(17, 30))))
BEGIN = datetime(2026, 1, 1, tzinfo=LOCAL)
days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
moments = st.integers(0, 365 * 24 * 60).map(lambda minute: BEGIN + timedelta(minutes=minute))


@st.composite
def calendars(draw: st.DrawFn, *, whole_days: bool = False) -> WorkCalendar:
    """With half days and hours that change, or of whole days with the same hours."""
    kinds = st.sampled_from(["off", "off", "make_up", *([] if whole_days else ["half"])])
    listed = draw(st.dictionaries(days, kinds, max_size=60))
    chosen = {kind: {day for day, is_kind in listed.items() if is_kind == kind} for kind in listed.values()}
    changes = ((date(2026, 4, 15), SUMMER), (date(2026, 10, 15), DEFAULT_HOURS))
    later = draw(st.sampled_from([(), *([] if whole_days else [changes])]))
    return WorkCalendar(
        chosen.get("off", set()),
        chosen.get("make_up", set()),
        chosen.get("half", set()),
        covers=COVERS,
        later_hours=later,
    )


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    unit = draw(st.sampled_from(UNITS))
    largest = {"months": 6, "hours": 200}.get(unit, 45)
    value = Decimal(draw(st.integers(0, largest)))
    if unit in {"working_days", "hours"}:
        value += draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.5")]))
    latest = draw(st.sampled_from([None, None, time(15), time(10, 30)]))
    return Limit(value=value, unit=unit, latest_receipt=latest)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Line]:
    """A receipt and pauses, one after the other."""
    marks = sorted(draw(st.lists(moments, min_size=1, max_size=9)))
    lines = [Line(kind=LineKind.GIVEN, at=marks[0])]
    for place, mark in enumerate(marks[1:]):
        kind = LineKind.RESUMED if place % 2 else LineKind.SUSPENDED
        lines.append(Line(kind=kind, at=mark, ground="supplement"))
    return lines


def due(limit: Limit, lines: list[Line], calendar: WorkCalendar) -> datetime:
    found = compute_due_dates(limit, lines, calendar=calendar).due_at
    assert found is not None
    return found


@given(calendars(), limits(), ledgers())
def test_the_due_day_is_worked_and_while_the_office_is_open(
    calendar: WorkCalendar, limit: Limit, lines: list[Line]
) -> None:
    found = due(limit, lines, calendar)
    assert calendar.is_working_day(found.date())
    assert calendar.opening_from(found - timedelta(seconds=1)) < found or limit.value == 0
    assert found <= calendar.closing(found.date())


@given(calendars(), limits(), ledgers())
def test_a_longer_limit_never_ends_earlier(calendar: WorkCalendar, limit: Limit, lines: list[Line]) -> None:
    longer = Limit(value=limit.value + 1, unit=limit.unit, latest_receipt=limit.latest_receipt)
    assert due(limit, lines, calendar) <= due(longer, lines, calendar)


@given(calendar=calendars(), limit=limits(), lines=ledgers(), minutes=st.integers(0, 20000))
def test_a_longer_last_pause_never_ends_earlier(
    *, calendar: WorkCalendar, limit: Limit, lines: list[Line], minutes: int
) -> None:
    assume(lines[-1].kind is LineKind.RESUMED)
    later = Line(kind=LineKind.RESUMED, at=lines[-1].at + timedelta(minutes=minutes), ground="supplement")
    assert due(limit, lines[:-2], calendar) <= due(limit, lines, calendar)
    assert due(limit, lines, calendar) <= due(limit, [*lines[:-1], later], calendar)


@given(calendar=calendars(), limit=limits(), lines=ledgers(), at=moments)
def test_a_pause_without_office_time_moves_nothing(
    *, calendar: WorkCalendar, limit: Limit, lines: list[Line], at: datetime
) -> None:
    at = max(at, lines[-1].at)
    until = calendar.opening_from(at)
    pause = [
        Line(kind=LineKind.SUSPENDED, at=at, ground="payment"),
        Line(kind=LineKind.RESUMED, at=until, ground="payment"),
    ]
    assert due(limit, [*lines, *pause], calendar) == due(limit, lines, calendar)


@given(calendar=calendars(), limit=limits(), lines=ledgers(), off=days)
def test_one_more_day_off_never_makes_it_earlier(
    *, calendar: WorkCalendar, limit: Limit, lines: list[Line], off: date
) -> None:
    began = {calendar.counts_from(line.at) for line in lines[1:] if line.kind is LineKind.SUSPENDED}
    assume(limit.unit in {"working_days", "hours"} or off not in began)
    assume(off not in calendar.make_up_days and off not in calendar.half_days)
    fewer = WorkCalendar(
        {*calendar.days_off, off},
        calendar.make_up_days,
        calendar.half_days,
        covers=COVERS,
        later_hours=calendar.later_hours,
    )
    assert due(limit, lines, calendar) <= due(limit, lines, fewer)


@given(calendars(), limits(), ledgers())
def test_in_one_go_is_line_by_line(calendar: WorkCalendar, limit: Limit, lines: list[Line]) -> None:
    whole = compute_due_dates(limit, lines, calendar=calendar).due_after
    assert whole == tuple(due(limit, lines[: place + 1], calendar) for place in range(len(lines)))
    for line, (before, after) in zip(lines[1:], pairwise(whole), strict=True):
        assert before == after or line.kind is LineKind.RESUMED


@given(calendars(whole_days=True), moments, st.integers(1, 30))
def test_eight_hours_are_a_day(calendar: WorkCalendar, at: datetime, count: int) -> None:
    """Where they are defined to be: on full days, from within office hours on."""
    at = calendar.opening_from(at) + timedelta(minutes=1)
    assume(calendar.opening_from(at) == at)  # a minute later the office may close
    hours = Limit(value=Decimal(8 * count), unit="hours")
    in_days = Limit(value=Decimal(count), unit="working_days")
    given_at = [Line(kind=LineKind.GIVEN, at=at)]
    assert due(hours, given_at, calendar).date() == due(in_days, given_at, calendar).date()


@given(calendar=calendars(), at=moments, hours=st.integers(0, 100), whole=moments)
def test_a_step_is_never_due_after_the_whole(
    *, calendar: WorkCalendar, at: datetime, hours: int, whole: datetime
) -> None:
    found = step_due(at, hours, calendar=calendar, within=whole)
    assert found is not None
    assert found <= whole or whole <= at


def wall(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.astimezone(LOCAL).replace(tzinfo=None), "s")


def many(cases: list[tuple[Limit, list[Line]]], calendar: WorkCalendar) -> list[datetime]:
    """The due instants of many ledgers through the arrays."""
    of, starts, ends = [], [], []
    for place, (_limit, lines) in enumerate(cases):
        for stop, go in zip(lines[1::2], lines[2::2], strict=False):
            of.append(place)
            starts.append(wall(stop.at))
            ends.append(wall(go.at))
    latest = [limit.latest_receipt for limit, _lines in cases]
    receipts = Receipts(
        received_at=np.array([wall(lines[0].at) for _limit, lines in cases]),
        values=np.array([float(limit.value) for limit, _lines in cases]),
        units=np.array([UNITS.index(limit.unit) for limit, _lines in cases]),
        latest=np.array([hour.hour * 3600 + hour.minute * 60 if hour else -1 for hour in latest]),
    )
    pauses = Pauses(
        receipt_indexes=np.array(of, dtype=np.int64),
        started_at=np.array(starts, dtype="datetime64[s]"),
        ended_at=np.array(ends, dtype="datetime64[s]"),
    )
    found: list[datetime] = compute_many_due_dates(receipts, pauses, calendar=calendar).tolist()
    return [moment.replace(tzinfo=LOCAL) for moment in found]


@settings(max_examples=30)
@given(calendars(), st.lists(st.tuples(limits(), ledgers()), min_size=1, max_size=12))
def test_many_at_once_are_one_by_one(calendar: WorkCalendar, cases: list[tuple[Limit, list[Line]]]) -> None:
    assert many(cases, calendar) == [due(limit, lines, calendar) for limit, lines in cases]


def test_twenty_thousand_random_dossiers_are_one_by_one() -> None:
    chance = np.random.default_rng(766)
    calendar = WorkCalendar(
        {date(2026, 2, day) for day in range(16, 21)},
        half_days={date(2026, 3, 27)},
        covers=COVERS,
        later_hours=[(date(2026, 4, 15), SUMMER)],
    )
    cases = [_random_case(chance) for _ in range(20_000)]
    assert many(cases, calendar) == [due(limit, lines, calendar) for limit, lines in cases]


def _random_case(chance: np.random.Generator) -> tuple[Limit, list[Line]]:
    unit = UNITS[int(chance.integers(0, 4))]
    value = Decimal(int(chance.integers(0, 7 if unit == "months" else 40)))
    latest = time(15) if chance.random() < 0.2 else None
    count = int(chance.choice([1, 1, 1, 3, 3, 5, 7]))
    marks = sorted(int(minute) for minute in chance.integers(0, 60 * 24 * 90, count))
    lines = [Line(kind=LineKind.GIVEN, at=BEGIN + timedelta(minutes=marks[0]))]
    for place, minute in enumerate(marks[1:]):
        kind = LineKind.RESUMED if place % 2 else LineKind.SUSPENDED
        lines.append(Line(kind=kind, at=BEGIN + timedelta(minutes=minute), ground="payment"))
    return Limit(value=value, unit=unit, latest_receipt=latest), lines
