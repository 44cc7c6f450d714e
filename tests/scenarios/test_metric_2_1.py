"""The indicator of metric 2.1 and the rule it stands for say the same of dossiers that ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.domain.on_time import Handling, Outcome, Supplement, outcome
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.indicators.public import figure
from congtam.kernel.periods import Period

RECEIVED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DUE = RECEIVED + timedelta(days=7)
WEEK = timedelta(days=7)
LATE = timedelta(hours=1)
CASES = [(DUE - LATE, 0), (DUE, 0), (DUE + LATE, 0), (DUE + WEEK, 1), (DUE + WEEK + LATE, 1), (DUE - LATE, 2)]
"""When each ended and how often a supplement was asked for; each took a week."""


def handling(ended: datetime, asked: int) -> Handling:
    asked_at = RECEIVED + LATE
    requests = [Supplement(asked_at=asked_at, completed_at=asked_at + WEEK)] * asked
    return Handling(received_at=RECEIVED, due_at=DUE, supplements=requests, finished_at=ended)


def row(number: int, ended: datetime, asked: int) -> DossierRow:
    """As it is stored: the due date has moved by the supplement."""
    return DossierRow(
        code=f"H-{number}",
        unit_code="024",
        received_at=RECEIVED,
        due_at=DUE + WEEK * asked,
        finished_at=ended,
        state="finished",
        supplement_count=asked,
    )


@pytest.mark.django_db
def test_the_figure_counts_what_the_rule_calls_on_time(small_tree: None, warehouse_dir: Path) -> None:
    rows = [row(number, *case) for number, case in enumerate(CASES)]
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="i-1", source="test")
    drain_outbox()
    found = figure(
        "dossiers.on_time_rate_766", unit="024", period=Period.parse("2026-03"), to=console_actor()
    )
    by_rule = [outcome(handling(*case), period_end=DUE + WEEK * 9) for case in CASES]
    assert by_rule.count(Outcome.ON_TIME) == found.numerator == 3
    assert found.denominator == len(CASES)
