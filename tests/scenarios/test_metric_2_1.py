"""The indicator of metric 2.1 and the rule it stands for say the same of every dossier, ended or not."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from congtam.dossiers.public import DossierRow, SuspensionRow, store_dossiers
from congtam.dossiers.tests.on_time_rule import Handling, OnTimeOutcome, Supplement, on_time_outcome
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.clock import FixedClock, local_day
from congtam.kernel.periods import Period
from congtam.testing.doors.indicators import figure, row_keys

CODE = "dossiers.on_time_rate_766"
MARCH = Period.parse("2026-03")
STARTS, ENDS = MARCH.instants()
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Case:
    """A dossier as its source tells it; the due date without the supplements."""

    number: int
    received_at: datetime
    due_at: datetime | None
    supplements: tuple[Supplement, ...]
    finished_at: datetime | None

    @property
    def waited(self) -> timedelta:
        return sum(
            (one.completed_at - one.requested_at for one in self.supplements if one.completed_at),
            timedelta(0),
        )

    def row(self) -> DossierRow:
        """As it is stored: the due date has moved by a supplement that came."""
        is_waiting = any(one.completed_at is None for one in self.supplements)
        state = "finished" if self.finished_at else "awaiting_supplement" if is_waiting else "in_progress"
        return DossierRow(
            code=f"H-{self.number:04}",
            unit_code="024",
            received_at=self.received_at,
            due_at=self.due_at + self.waited if self.due_at else None,
            finished_at=self.finished_at,
            state=state,
            supplement_count=len(self.supplements),
            suspensions=tuple(
                SuspensionRow(ground="supplement", started_at=one.requested_at, ended_at=one.completed_at)
                for one in self.supplements
            ),
        )

    def handling(self, *, at: datetime) -> Handling:
        """What was known of it at an instant."""
        known = tuple(
            Supplement(requested_at=one.requested_at, completed_at=_before(one.completed_at, at))
            for one in self.supplements
            if one.requested_at < at or len(self.supplements) > 1
        )
        return Handling(
            received_at=self.received_at,
            due_at=self.due_at,
            supplements=known,
            finished_at=_before(self.finished_at, at),
        )


def _before(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if instant is not None and instant < at else None


def drawn(number: int, draw: random.Random) -> Case:
    """Received around March, some of them open, some waiting, some asked twice."""
    received = STARTS + HOUR * draw.randrange(-24 * 40, 24 * 35)
    due = received + HOUR * draw.randrange(1, 24 * 20)
    asked, supplements = received, []
    for _each in range(draw.choice((0, 0, 1, 1, 2))):
        asked += HOUR * draw.randrange(1, 24 * 8)
        came = asked + HOUR * draw.randrange(1, 24 * 9)
        supplements.append(Supplement(requested_at=asked, completed_at=came))
        asked = came
    finished: datetime | None = asked + HOUR * draw.randrange(1, 24 * 20)
    if draw.random() < 0.35:
        finished = None
        if supplements and draw.random() < 0.5:
            supplements[-1] = Supplement(requested_at=supplements[-1].requested_at)
    is_limited = draw.random() < 0.95
    return Case(number, received, due if is_limited else None, tuple(supplements), finished)


def in_hand(case: Case, period: Period, *, at: datetime) -> bool:
    if case.received_at >= at:
        return False
    return _day(case.received_at) >= period.start or (
        case.finished_at is None or _day(case.finished_at) >= period.start
    )


def _day(instant: datetime) -> date:
    return local_day(instant)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now", [datetime(2026, 3, 18, 3, 0, tzinfo=UTC), datetime(2026, 7, 1, 3, 0, tzinfo=UTC)]
)
def test_the_figure_counts_what_the_rule_calls_on_time(
    frozen_clock: FixedClock, small_tree: None, *, warehouse_dir: Path, now: datetime
) -> None:
    draw = random.Random(766)  # noqa: S311 - a repeatable draw
    cases = [drawn(number, draw) for number in range(600)]
    store_dossiers(
        [case.row() for case in cases],
        unit_code="024",
        actor=console_actor(),
        import_key="i-1",
        source="test",
    )
    drain_outbox()
    frozen_clock.instant = now
    at = min(now, ENDS)
    held = [case for case in cases if in_hand(case, MARCH, at=at)]
    by_rule = {case.row().code: on_time_outcome(case.handling(at=at), period_end=at) for case in held}
    ask: dict[str, Any] = {"unit": "024", "period": MARCH, "to": console_actor()}
    found = figure(CODE, **ask)
    on_time = {code for code, verdict in by_rule.items() if verdict is OnTimeOutcome.ON_TIME}
    known = {case.row().code for case in held if case.due_at}
    assert set(row_keys(CODE, part="numerator", **ask)) == on_time & known
    assert set(row_keys(CODE, part="denominator", **ask)) == known
    assert (found.numerator, found.denominator) == (len(on_time & known), len(known))
    assert 100 < len(on_time & known) < len(known) - 100
