"""Steps and online filings have indicators of their own, counted from what the desk wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.public import DossierRow, StepRow, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast
from congtam.testing.doors.indicators import figure, row_keys

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
MARCH = Period.parse("2026-03")
STEPS = "steps.on_time_rate"


def _step(sequence: int, *, due: int | None, planned: int | None = None, took: int | None) -> StepRow:
    return StepRow(
        sequence=sequence,
        name=f"Bước {sequence}",
        started_at=START,
        due_at=None if due is None else START + due * DAY,
        planned_at=None if planned is None else START + planned * DAY,
        finished_at=None if took is None else START + took * DAY,
    )


def test_each_step_is_on_time_by_itself(small_tree: None, warehouse_dir: Path) -> None:
    steps = (
        _step(1, due=2, took=2),
        _step(2, due=2, took=3),
        _step(3, due=None, planned=5, took=4),
        _step(4, due=None, took=6),
        _step(5, due=9, took=None),
    )
    row = DossierRow(code="H-1", unit_code="024", received_at=START, steps=steps)
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="steps", source="test")
    drain_outbox()

    found = figure(STEPS, unit="024", period=MARCH, to=console_actor())
    without = figure("steps.finished_without_due_date", unit="024", period=MARCH, to=console_actor())

    assert (found.numerator, found.denominator, without.numerator) == (2, 3, 1)
    late = set(row_keys(STEPS, unit="024", period=MARCH, to=console_actor(), part="rest"))
    assert late == {"H-1#2"}


def test_filings_answered_after_eight_working_hours_are_late(
    frozen_clock: FixedClock, *, small_tree: None, warehouse_dir: Path, cast: Cast
) -> None:
    desk.enter_procedures()
    in_time, late, waiting = (file_online(desk.filed_application()) for _ in range(3))
    period = Period.month_of(in_time.answer_due_at.date())
    accept_filing(in_time.code, is_duplicate_confirmed=True, actor=desk.part(cast, "clerk"))
    frozen_clock.advance(late.answer_due_at - frozen_clock.now() + timedelta(minutes=1))
    accept_filing(late.code, is_duplicate_confirmed=True, actor=desk.part(cast, "clerk"))
    drain_outbox()

    ask = {"unit": "024", "period": period, "to": console_actor()}
    rate = figure("filings.answered_on_time_rate", **ask)  # type: ignore[arg-type]
    count = figure("filings.answered_late", **ask)  # type: ignore[arg-type]

    assert (rate.numerator, rate.denominator, count.numerator) == (1, 3, 2)
    assert set(row_keys("filings.answered_late", **ask)) == {late.code, waiting.code}  # type: ignore[arg-type]
