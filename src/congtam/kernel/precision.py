"""How exactly an instant is known (độ chính xác của thời điểm): to the minute, or only its day.

Sources write a day without a time as a bare date or as 00:00; spreadsheets make no difference between the two. No
office acts at 00:00:00, so what happened then is known by its day and nothing else. What is due on a day without a time
may be done until the day ends, and imports store it so: a limit at 23:59:59 is a day, one at 00:00 is midnight
(ADR 0095). It holds for what was imported before as well: nothing is stored besides the instant.
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
    clock_time = instant.astimezone(ZoneInfo(time_zone)).time().replace(microsecond=0)
    return clock_time != (END_OF_DAY if is_limit else START_OF_DAY)


def precedes(later: datetime, earlier: datetime, time_zone: str) -> bool:
    """Whether what must come later certainly comes earlier; two instants of one day only where both times are known."""
    if later >= earlier:
        return False
    zone = ZoneInfo(time_zone)
    is_known = has_time(later, time_zone) and has_time(later, time_zone, is_limit=True)
    if is_known and has_time(earlier, time_zone):
        return True
    return later.astimezone(zone).date() < earlier.astimezone(zone).date()
