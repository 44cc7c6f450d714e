"""When a failed delivery is tried again (quy tắc gửi lại): one rule for messages, mails and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class RetryRule:
    """Waits that grow with each attempt, and the point at which nobody tries any more.

    >>> rule = RetryRule(first_wait=timedelta(minutes=1), factor=4, longest_wait=timedelta(hours=6), max_attempts=9)
    >>> [int(rule.wait_after(attempts).total_seconds() / 60) for attempts in (1, 2, 3, 8)]
    [1, 4, 16, 360]
    >>> rule.gives_up(attempts=8, age=timedelta()), rule.gives_up(attempts=9, age=timedelta())
    (False, True)
    """

    first_wait: timedelta
    longest_wait: timedelta
    factor: int = 2
    max_attempts: int | None = None
    """Give up after so many attempts; None: no limit."""
    max_age: timedelta | None = None
    """Give up once so much time has passed since the delivery was written; None: no limit."""

    def wait_after(self, attempts: int) -> timedelta:
        """How long to wait after this many failed attempts (1 or more)."""
        wait = self.first_wait
        for _ in range(attempts - 1):
            if wait >= self.longest_wait:
                break
            wait *= self.factor
        return min(wait, self.longest_wait)

    def gives_up(self, *, attempts: int, age: timedelta) -> bool:
        """Whether a delivery that failed again is given up; without limits never."""
        if self.max_attempts is not None and attempts >= self.max_attempts:
            return True
        return self.max_age is not None and age >= self.max_age
