"""The clock of a demonstration (đồng hồ trình diễn): it starts on a morning and never leaves that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

AT_REAL_SPEED: Final = timedelta(hours=6)
"""For so long after loading an hour of the demonstration is an hour."""
REST_OF_DAY: Final = timedelta(hours=2)
"""What is left of the day after that; it is approached ever more slowly and never used up."""


def demonstration_elapsed(elapsed: timedelta) -> timedelta:
    """How much time has passed in the demonstration when so much has really passed since it was loaded.

    It always grows, so that what is done later is later, and stays below eight hours.

    >>> demonstration_elapsed(timedelta(minutes=90))
    datetime.timedelta(seconds=5400)
    >>> demonstration_elapsed(timedelta(hours=8))
    datetime.timedelta(seconds=25200)
    >>> demonstration_elapsed(timedelta(days=3650)) < timedelta(hours=8)
    True
    """
    over = elapsed - AT_REAL_SPEED
    if over <= timedelta(0):
        return max(elapsed, timedelta(0))
    return AT_REAL_SPEED + REST_OF_DAY * (over / (over + REST_OF_DAY))


@dataclass(frozen=True, kw_only=True)
class DemonstrationClock:
    """When the demonstration begins, and when it was loaded; both are fixed at loading."""

    starts_at: datetime
    loaded_at: datetime

    def at(self, instant: datetime) -> datetime:
        """The instant of the demonstration at a real instant."""
        return self.starts_at + demonstration_elapsed(instant - self.loaded_at)
