"""The clocks of the installation: the real one, and the one that the work of offices goes by.

Both are the same clock but in a demonstration that has a day of its own. Deadlines, lists, figures and
forms go by `clock()`. Sign-ins, tokens, jobs, deliveries, rate limits and the instants of the ledger go by
`real_clock()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from congtam.foundation.domain.demonstration_clock import DemonstrationClock
from congtam.kernel.clock import Clock, SystemClock


@dataclass
class _Clocks:
    """The clocks in force in this process."""

    real: Clock
    domain: Clock | None
    """None: the real one."""


_clocks = _Clocks(real=SystemClock(), domain=None)


@dataclass(frozen=True)
class _DemonstrationTime:
    """The clock of a demonstration, driven by the real one."""

    demonstration: DemonstrationClock

    def now(self) -> datetime:
        """The instant of the demonstration, in UTC."""
        return self.demonstration.at(_clocks.real.now()).astimezone(UTC)


def clock() -> Clock:
    """The clock of the offices' work (giờ nghiệp vụ): the real one, or that of the demonstration."""
    return _clocks.domain or _clocks.real


def real_clock() -> Clock:
    """The clock of the machine, in a demonstration too (giờ thực)."""
    return _clocks.real


def has_own_clock() -> bool:
    """Whether the offices go by another clock than the machine (bản trình diễn có đồng hồ riêng)."""
    return _clocks.domain is not None


def replace_clock(other: Clock) -> Clock:
    """Put another real clock in force and return the one that was; for tests."""
    previous, _clocks.real = _clocks.real, other
    return previous


def set_domain_clock(demonstration: DemonstrationClock | None) -> None:
    """Let the offices' clock go by that of a demonstration, or by the real one; see `follow_demonstration_clock`."""
    _clocks.domain = _DemonstrationTime(demonstration) if demonstration else None


@contextmanager
def override_domain_clock(other: Clock) -> Iterator[None]:
    """Let the offices' clock be another one inside, to repeat what happened earlier; the ledger keeps real time too."""
    previous, _clocks.domain = _clocks.domain, other
    try:
        yield
    finally:
        _clocks.domain = previous
