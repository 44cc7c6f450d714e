"""What the portal does by itself: sending notices, forgetting what is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congtam.foundation.public import job
from congtam.portal.access.limits import forget_old
from congtam.portal.filing.drafts import forget_expired
from congtam.portal.notices.notices import forget_addresses, send_waiting


@job(name="portal.send_notices")
def send_notices() -> None:
    """Send what waits, soon after a change."""
    send_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="portal.send_notices_again", queueing_lock="portal.send_notices_again", pass_context=False)
def send_notices_again(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
    """Send what failed before and is due again."""
    send_waiting()


@app.periodic(cron="17 * * * *")
@app.task(name="portal.forget", queueing_lock="portal.forget", pass_context=False)
def forget(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
    """Remove expired drafts, old counters and old addresses."""
    forget_expired()
    forget_old()
    forget_addresses()
