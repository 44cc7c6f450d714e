"""What time it is, as something handed in: rules and tests never ask the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
"""The legal time of Việt Nam (giờ Việt Nam), UTC+7 all year."""


class Clock(Protocol):
    """Anything that tells the present instant (đồng hồ)."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands at one instant until it is moved; for tests and for replaying a day.

    >>> clock = FixedClock(datetime(2026, 3, 2, 17, 30, tzinfo=UTC))
    >>> today(clock)
    datetime.date(2026, 3, 3)
    >>> clock.advance(timedelta(hours=-1))
    >>> today(clock)
    datetime.date(2026, 3, 2)
    """

    instant: datetime

    def __post_init__(self) -> None:
        if self.instant.tzinfo is None:
            raise ValueError("a clock needs an aware instant; this one has no time zone")

    def now(self) -> datetime:
        """The instant at which the clock stands, in UTC."""
        return self.instant.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the clock, backwards too."""
        self.instant += by


def today(clock: Clock) -> date:
    """The date it is in Việt Nam (hôm nay)."""
    return local_day(clock.now())


def local_day(instant: datetime) -> date:
    """The day in Việt Nam on which an instant lies.

    >>> local_day(datetime(2026, 3, 2, 17, 30, tzinfo=UTC))
    datetime.date(2026, 3, 3)
    """
    return instant.astimezone(LOCAL).date()
