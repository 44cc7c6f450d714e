"""Due dates per second in bulk, against the day-by-day loop, on the same million random cases."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np

from bench.rounds import alternate, median, seconds_of, table
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import CalendarRow, WorkCalendar

CASES = 1_000_000
LOOPED = 20_000


def calendar() -> WorkCalendar:
    """Vietnam's days off as the shipped package has them."""
    import holidays

    days = holidays.country_holidays("VN", years=range(2010, 2031))
    rows = (CalendarRow(day, "day_off", str(reason)) for day, reason in days.items())
    return WorkCalendar.from_rows(rows, covers=Period(date(2010, 1, 1), date(2031, 1, 1)))


def by_day(work: WorkCalendar, start: date, count: int) -> date:
    """The plain rule: step a day, count it when it is worked."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= work.is_working_day(day)
    return day


def main() -> None:
    """Print the table; the results of both ways must be equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    cases = parser.parse_args().cases
    looked_at = min(cases, LOOPED)
    work = calendar()
    chance = np.random.default_rng(1)
    days = np.datetime64("2012-01-01") + chance.integers(0, 6000, cases)
    counts = chance.integers(1, 61, cases)
    bulk = alternate([lambda: work.add_working_days_many(days, counts)])[0]
    sample = list(zip(days[:looked_at].tolist(), counts[:looked_at].tolist(), strict=True))
    looped: list[date] = []
    loop_seconds = seconds_of(lambda: looped.extend(by_day(work, day, int(count)) for day, count in sample))
    if work.add_working_days_many(days[:looked_at], counts[:looked_at]).tolist() != looped:
        raise SystemExit("the bulk computation differs from the rule")
    bulk_rate, loop_rate = cases / median(bulk), looked_at / loop_seconds
    print(
        table(
            ["due dates in bulk", "per second", "ratio", "aim"],
            [
                ["day-by-day loop (baseline)", f"{loop_rate:,.0f}", "1", ""],
                [
                    "vectorised work calendar",
                    f"{bulk_rate:,.0f}",
                    f"{bulk_rate / loop_rate:,.0f} ×",
                    "≥ 1,000,000/s",
                ],
            ],
        )
    )


if __name__ == "__main__":
    main()
