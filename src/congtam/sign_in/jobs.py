"""What the worker sweeps (dọn nhật ký đăng nhập)."""

from __future__ import annotations

from congtam.foundation.public import periodic
from congtam.sign_in.events import forget_old_events
from congtam.sign_in.sessions import forget_old_sessions


@periodic(name="sign_in.forget_old", cron="17 19 * * *")
def forget_old() -> None:
    """Remove events older than a year and sessions that are over, at night."""
    forget_old_events()
    forget_old_sessions()
