"""How exactly an instant is known (độ chính xác của thời điểm): to the minute, or only its day.

Sources write a day without a time as a bare date, as 00:00, or, where it is a limit, as the end of the day;
spreadsheets make no difference between the first two. No office acts at 00:00:00, so such an instant says its day and
nothing else (ADR 0095). It holds for what was imported before as well: nothing is stored besides the instant.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

START_OF_DAY: Final = time(0, 0)
END_OF_DAY: Final = time(23, 59, 59)


def has_time(instant: datetime, time_zone: str, *, is_limit: bool = False) -> bool:
    """Whether the time of day is known; ``is_limit`` for what is due, which lasts to the end of its day.

    >>> from datetime import UTC
    >>> has_time(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "UTC"), has_time(datetime(2026, 3, 2, tzinfo=UTC), "UTC")
    (True, False)
    """
    clock_time = instant.astimezone(ZoneInfo(time_zone)).time()
    return clock_time != START_OF_DAY and not (is_limit and clock_time == END_OF_DAY)


def is_past(instant: datetime, limit: datetime, time_zone: str) -> bool:
    """Whether something happened after its limit, which lasts to the end of its day where only the day is known.

    >>> from datetime import UTC
    >>> is_past(datetime(2026, 3, 2, 16, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC), "UTC")
    False
    """
    return instant > end_of_limit(limit, time_zone)


def end_of_limit(limit: datetime, time_zone: str) -> datetime:
    """The last instant at which something is still in time: a day without a time lasts to its end."""
    local = limit.astimezone(ZoneInfo(time_zone))
    return datetime.combine(local.date(), END_OF_DAY, local.tzinfo) if local.time() == START_OF_DAY else limit


def precedes(later: datetime, earlier: datetime, time_zone: str) -> bool:
    """Whether what must come later certainly comes earlier; two instants of one day only where both times are known."""
    if later >= earlier:
        return False
    zone = ZoneInfo(time_zone)
    if has_time(later, time_zone, is_limit=True) and has_time(earlier, time_zone):
        return True
    return later.astimezone(zone).date() < earlier.astimezone(zone).date()
