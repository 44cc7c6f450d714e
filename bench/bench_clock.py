"""Due dates in bulk against the rule: limits of every unit, latest hours, pauses; a million random cases."""

from __future__ import annotations

import argparse
from datetime import datetime, time
from decimal import Decimal
from typing import Final

import numpy as np

from bench.bench_calendar import calendar
from bench.rounds import alternate, median, seconds_of, table
from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates
from congtam.dossiers.deadlines.domain.ledger import UNITS
from congtam.dossiers.deadlines.domain.vectorized import Pauses, Receipts, compute_many_due_dates
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.clock import LOCAL
from congtam.kernel.work_calendar import WorkCalendar

CASES: Final = 1_000_000
PAUSED: Final = 0.3
"""Pauses for each dossier, on average."""
LARGEST: Final = np.array([60, 90, 200, 6])
BEGIN: Final = np.datetime64("2014-01-01T00:00:00", "s")
MINUTES: Final = 10 * 365 * 24 * 60


def random_receipts(cases: int, chance: np.random.Generator) -> Receipts:
    """Receipts at any minute of ten years under limits of every unit; one in five with a latest hour."""
    units = chance.integers(0, len(UNITS), cases)
    return Receipts(
        received_at=BEGIN + (chance.integers(0, MINUTES, cases) * 60).astype("timedelta64[s]"),
        values=np.floor(chance.random(cases) * LARGEST[units]),
        units=units,
        latest=np.where(chance.random(cases) < 0.2, 15 * 3600, -1),
    )


def random_pauses(receipts: Receipts, chance: np.random.Generator) -> Pauses:
    """Pauses of up to forty days within the ninety after receipt; some dossiers have several, some overlap."""
    cases = len(receipts.values)
    paused = int(cases * PAUSED)
    of = np.sort(chance.integers(0, cases // 2, paused))
    started = receipts.received_at[of] + chance.integers(0, 90 * 86400, paused).astype("timedelta64[s]")
    ended = started + chance.integers(0, 40 * 86400, paused).astype("timedelta64[s]")
    order = np.lexsort((started, of))
    return Pauses(receipt_indexes=of[order], started_at=started[order], ended_at=ended[order])


def by_rule(receipts: Receipts, pauses: Pauses, places: range, *, work: WorkCalendar) -> list[datetime]:
    """The same, one by one."""
    first = np.searchsorted(pauses.receipt_indexes, np.arange(places.start, places.stop + 1))
    values, units, latest = receipts.values, receipts.units, receipts.latest
    found = []
    for number, place in enumerate(places):
        limit = Limit(
            value=Decimal(int(values[place])),
            unit=UNITS[int(units[place])],
            latest_receipt=time(15) if latest[place] >= 0 else None,
        )
        lines = [_line(LineKind.GIVEN, receipts.received_at[place])]
        until = receipts.received_at[place]
        for pause in range(int(first[number]), int(first[number + 1])):
            start = max(pauses.started_at[pause], until)
            until = max(pauses.ended_at[pause], start)
            lines += [_line(LineKind.SUSPENDED, start), _line(LineKind.RESUMED, until)]
        due_at = compute_due_dates(limit, lines, calendar=work).due_at
        if due_at is None:
            raise SystemExit("a limit without a due date")
        found.append(due_at.replace(tzinfo=None))
    return found


def _line(kind: LineKind, at: np.datetime64) -> Line:
    instant: datetime = at.astype("datetime64[s]").item()
    return Line(kind=kind, at=instant.replace(tzinfo=LOCAL), ground="payment")


def main() -> None:
    """Print the table; all results of both ways must be equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    cases = parser.parse_args().cases
    work, chance = calendar(), np.random.default_rng(1)
    receipts = random_receipts(cases, chance)
    pauses = random_pauses(receipts, chance)
    plain, paused = alternate(
        [
            lambda: compute_many_due_dates(receipts, calendar=work),
            lambda: compute_many_due_dates(receipts, pauses, calendar=work),
        ]
    )
    one_by_one: list[datetime] = []
    rule_seconds = seconds_of(lambda: one_by_one.extend(by_rule(receipts, pauses, range(cases), work=work)))
    if compute_many_due_dates(receipts, pauses, calendar=work).tolist() != one_by_one:
        raise SystemExit("the bulk computation differs from the rule")
    baseline = cases / rule_seconds
    rows: list[tuple[str, float, str]] = [("the rule, one by one (baseline)", baseline, "")]
    rows.append(("in bulk, no pauses", cases / median(plain), "≥ 1,000,000/s"))
    rows.append((f"in bulk, {len(pauses.receipt_indexes):,} pauses", cases / median(paused), ""))
    print(
        table(
            [f"due dates of {cases:,} dossiers, all equal", "per second", "ratio", "aim"],
            [[name, f"{rate:,.0f}", f"{rate / baseline:,.0f} ×", aim] for name, rate, aim in rows],
        )
    )


if __name__ == "__main__":
    main()
