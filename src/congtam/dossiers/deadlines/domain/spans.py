"""Spans of time that may overlap (khoảng thời gian)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def seconds_covered(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """How many seconds lie in at least one of the spans.

    >>> from datetime import UTC, timedelta
    >>> noon, hour = datetime(2026, 3, 2, 12, tzinfo=UTC), timedelta(hours=1)
    >>> seconds_covered([(noon, noon + 2 * hour), (noon + hour, noon + 3 * hour)])
    10800
    """
    total, reached = 0.0, None
    for start, end in sorted(spans):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += (end - begin).total_seconds()
        reached = end if reached is None else max(end, reached)
    return int(total)
