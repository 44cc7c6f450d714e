"""The rule of due dates against a model that counts minute by minute and day by day, and shares nothing with it."""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

import pytest

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates, step_due
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import DEFAULT_HOURS, OfficeHours, WorkCalendar

FIRST, LAST = date(2025, 11, 1), date(2027, 6, 30)
COVERS = Period(date(2025, 1, 1), date(2029, 1, 1))
SUMMER_ON = date(2026, 4, 15)
WINTER = ((7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
SUMMER = ((6 * 60 + 30, 11 * 60), (14 * 60, 17 * 60 + 30))
TET = {date(2026, 2, day) for day in range(14, 23)} | {date(2025, 12, 31), date(2026, 1, 1)}
EDGES = (0, 419, 420, 421, 689, 690, 691, 750, 809, 810, 900, 901, 1019, 1020, 1021, 1439)
"""Minutes of the day around opening, lunch, the latest hour, closing and midnight."""


@dataclass(frozen=True)
class Office:
    """An office that knows for each minute whether it is open."""

    off: frozenset[date]
    made_up: frozenset[date]
    half: frozenset[date]
    summer: bool

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        works = day in self.made_up | self.half or (day.weekday() < 5 and day not in self.off)
        spans = SUMMER if self.summer and day >= SUMMER_ON else WINTER
        return (spans[:1] if day in self.half else spans) if works else ()

    @cached_property
    def minutes(self) -> list[datetime]:
        """The beginning of every open minute."""
        days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
        return [at(day, minute) for day in days for span in self.spans(day) for minute in range(*span)]

    @cached_property
    def days(self) -> list[date]:
        return sorted({minute.date() for minute in self.minutes})

    def next_open(self, moment: datetime) -> datetime:
        return self.minutes[bisect_left(self.minutes, moment)]

    def closing(self, day: date) -> datetime:
        return at(day, self.spans(day)[-1][1])

    def day_from(self, day: date) -> date:
        return self.days[bisect_left(self.days, day)]

    def calendar(self) -> WorkCalendar:
        summer = OfficeHours(((time(6, 30), time(11)), (time(14), time(17, 30))))
        later = [(SUMMER_ON, summer)] if self.summer else []
        listed = self.off, self.made_up, self.half
        return WorkCalendar(*listed, hours=DEFAULT_HOURS, covers=COVERS, later_hours=later)


def at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), LOCAL) + timedelta(minutes=minute)


class Model:
    """One dossier, told line by line: what remains is kept, the due date follows from it."""

    def __init__(self, office: Office, limit: Limit, received_at: datetime) -> None:
        self.office, self.limit = office, limit
        self.grounds: list[str] = []
        self.stopped: datetime | None = None
        self.settled = received_at
        begins = office.next_open(received_at)
        local = received_at.hour * 60 + received_at.minute
        latest = limit.latest_receipt
        if latest and local > latest.hour * 60 + latest.minute and begins.date() == received_at.date():
            begins = office.next_open(at(received_at.date() + timedelta(days=1), 0))
        self.by_minutes = limit.unit == "hours" or (limit.unit == "working_days" and limit.value % 1)
        if self.by_minutes:
            minutes = int(limit.value * (60 if limit.unit == "hours" else 480))
            self.due = self.after_minutes(begins, minutes)
            return
        count, day = math.ceil(limit.value), begins.date()
        if limit.unit == "working_days":
            for _ in range(count):
                day = office.day_from(day + timedelta(days=1))
        elif limit.unit == "months":
            day = months_later(day, count)
        else:
            day += timedelta(days=count)
        self.ends_on(day)

    def after_minutes(self, begins: datetime, minutes: int) -> datetime:
        place = bisect_left(self.office.minutes, begins)
        if minutes == 0:
            return self.office.minutes[place]
        return self.office.minutes[place + minutes - 1] + timedelta(minutes=1)

    def ends_on(self, day: date) -> None:
        self.last = day
        self.due = self.office.closing(self.office.day_from(day))

    def tell(self, line: Line) -> None:
        if line.kind is LineKind.SUSPENDED:
            if not self.grounds:
                self.stopped = max(line.at, self.settled)
            self.grounds.append(line.ground)
        elif line.kind is LineKind.RESUMED and line.ground in self.grounds:
            self.grounds.remove(line.ground)
            if not self.grounds:
                self.run(line.at)
        elif line.kind is LineKind.ENDED:
            self.grounds = []
            self.run(line.at)
        elif line.until is not None:
            self.due, self.last = line.until, line.until.date()
            if self.stopped:
                self.stopped = max(self.stopped, line.at)

    def run(self, moment: datetime) -> None:
        stopped, self.stopped = self.stopped, None
        if stopped is None:
            return
        self.settled = moment = max(moment, stopped)
        minutes = self.office.minutes
        lost = bisect_left(minutes, moment) - bisect_left(minutes, stopped)
        if stopped >= self.due or lost == 0:
            return
        if self.by_minutes:
            left = bisect_left(minutes, self.due) - bisect_left(minutes, stopped)
            self.due = self.after_minutes(self.office.next_open(moment), left)
            self.last = self.due.date()
            return
        asked, answered = self.office.next_open(stopped).date(), self.office.next_open(moment).date()
        if self.limit.unit == "working_days":
            days = self.office.days
            left = bisect_right(days, self.due.date()) - bisect_right(days, asked)
            self.ends_on(days[bisect_right(days, answered) - 1 + left])
        else:
            self.ends_on(max(self.last + (answered - asked), answered))


def months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError


def moment(chance: random.Random, first: date, days: int) -> datetime:
    minute = chance.choice(EDGES) if chance.random() < 0.6 else chance.randrange(1440)
    return at(first + timedelta(days=chance.randrange(days)), minute)


def lines_of(chance: random.Random, office: Office, received_at: datetime) -> list[Line]:
    """Pauses that overlap or follow each other, a new date, an end, a reopening."""
    lines = [Line(kind=LineKind.GIVEN, at=received_at)]
    count = chance.choice([0, 0, 1, 2, 2, 3, 4, 6])
    moments = sorted(moment(chance, received_at.date(), 45) for _ in range(count))
    under: list[str] = []
    for each in moments:
        # What was paid or sent earlier is written down later: the instants of a ledger need not be in order.
        instant = max(each - timedelta(days=3) if chance.random() < 0.15 else each, received_at)
        if chance.random() < 0.12:
            new = office.closing(office.day_from(instant.date() + timedelta(days=chance.randrange(1, 20))))
            kind = chance.choice([LineKind.EXTENDED, LineKind.REOPENED])
            lines.append(Line(kind=kind, at=instant, until=new))
        elif under and chance.random() < 0.6:
            lines.append(
                Line(kind=LineKind.RESUMED, at=instant, ground=under.pop(chance.randrange(len(under))))
            )
        elif under and chance.random() < 0.2:
            under.clear()
            lines.append(Line(kind=LineKind.ENDED, at=instant))
        else:
            under.append(chance.choice(["supplement", "payment", "other_office"]))
            lines.append(Line(kind=LineKind.SUSPENDED, at=instant, ground=under[-1]))
    return lines


def limit_of(chance: random.Random) -> Limit:
    unit = chance.choice(["working_days", "working_days", "calendar_days", "hours", "months"])
    value = Decimal(chance.randrange({"months": 4, "hours": 60}.get(unit, 26)))
    if chance.random() < 0.2:
        value += Decimal("0.5")
    return Limit(value=value, unit=unit, latest_receipt=chance.choice([None, None, time(15)]))


def office_of(chance: random.Random) -> Office:
    days = [date(2025, 12, 1) + timedelta(days=n) for n in range(200)]
    off = TET | set(chance.sample(days, 12))
    made_up = {day for day in chance.sample(days, 25) if day.weekday() == 5 and day not in off}
    half = {day for day in chance.sample(days, 8) if day not in off | made_up}
    return Office(frozenset(off), frozenset(made_up), frozenset(half), chance.random() < 0.5)


@pytest.mark.parametrize("seed", range(6))
def test_the_rule_is_what_counting_minutes_gives(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    office = office_of(chance)
    calendar = office.calendar()
    for _ in range(500):
        received_at, limit = moment(chance, date(2025, 12, 15), 120), limit_of(chance)
        lines = lines_of(chance, office, received_at)
        model = Model(office, limit, received_at)
        expected = []
        for line in lines:
            model.tell(line)
            expected.append(model.due)
        found = compute_due_dates(limit, lines, calendar=calendar)
        assert list(found.due_after) == expected, (limit, received_at, lines)
        assert found.stopped_since == model.stopped


def test_a_step_that_begins_at_the_very_instant_the_dossier_is_due_has_its_own_hours() -> None:
    """Nobody can do in no time what takes four hours."""
    calendar = WorkCalendar(covers=COVERS)
    due = datetime(2026, 3, 9, 17, tzinfo=LOCAL)
    assert step_due(due, 4, calendar=calendar, within=due) == datetime(2026, 3, 10, 11, tzinfo=LOCAL)
