"""Timing in alternating rounds, and tables of the result."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def seconds_of(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternate(works: Sequence[Callable[[], object]], *, rounds: int = 5) -> list[list[float]]:
    """Seconds of each work in each round, A B A B …, after one unmeasured round."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            times[place].append(seconds_of(work))
    return times


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least this share of the times does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def median(times: Sequence[float]) -> float:
    """The middle time."""
    return statistics.median(times)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
