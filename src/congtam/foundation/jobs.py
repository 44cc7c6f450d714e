"""Long work outside the request: a thin door to Procrastinate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from congtam.foundation.anchors import log_anchoring
from congtam.foundation.demonstration_clock import apply_demonstration_clock
from congtam.foundation.idempotency import forget_old_keys
from congtam.foundation.mailing import delete_sent_notifications, send_mails
from congtam.foundation.outbox import forget_handled
from congtam.foundation.rate_limits import forget_full_buckets
from congtam.foundation.unused_files import remove_strays, remove_unused

_RETENTION: Final = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """Work that the worker does soon (việc chạy nền)."""

    task: Task[Any, Any, Any]

    def defer(self, **arguments: Any) -> None:
        """Ask for the work in the caller's transaction; arguments are JSON values."""
        self.task.defer(**arguments)


def job(*, name: str) -> Callable[[Callable[..., None]], Job]:
    """Declare a function as a job; the function must be safe to run again."""

    def declare(function: Callable[..., None]) -> Job:
        @wraps(function)
        def run(**arguments: Any) -> None:
            apply_demonstration_clock()
            function(**arguments)

        return Job(app.task(name=name, pass_context=False)(run))

    return declare


def periodic(*, name: str, cron: str) -> Callable[[Callable[[], None]], Job]:
    """Declare a function the worker runs by the clock, never twice at a time; ``cron`` is read in UTC."""

    def declare(function: Callable[[], None]) -> Job:
        def run(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
            apply_demonstration_clock()
            function()

        task = app.task(name=name, queueing_lock=name, pass_context=False)(run)
        return Job(app.periodic(cron=cron)(task))

    return declare


@app.periodic(cron="* * * * *")
@app.task(name="foundation.resume_stalled", queueing_lock="foundation.resume_stalled", pass_context=False)
async def resume_stalled(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
    """Start again what a worker left when it was killed (chạy lại việc dở dang); jobs are safe to run again."""
    for stalled in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(stalled)


@periodic(name="foundation.forget_messages", cron="17 19 * * *")
def forget_messages() -> None:
    """Delete handled messages after a month (dọn hộp thư đi)."""
    forget_handled(older_than=_RETENTION)


@app.periodic(cron="23 * * * *")
@app.task(name="foundation.forget_old_keys", queueing_lock="foundation.forget_old_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
    """Remove the keys of requests that are no longer kept (dọn khóa chống lặp)."""
    forget_old_keys()


@periodic(name="foundation.forget_unused_files", cron="41 18 * * *")
def remove_unused_files() -> None:
    """Remove files that were uploaded and never attached (dọn tệp không dùng), at night."""
    remove_unused()


@periodic(name="foundation.forget_stray_files", cron="11 19 * * 6")
def remove_stray_files() -> None:
    """Remove what broken-off uploads left on the disk, once a week."""
    remove_strays()


@periodic(name="foundation.anchor_ledger", cron="53 18 * * *")
def anchor_ledger_daily() -> None:
    """Write a checkpoint of the ledger to the anchor file, outside the database (neo nhật ký), at night."""
    log_anchoring()


@job(name="foundation.send_notifications")
def send_notifications() -> None:
    """Send the e-mails that wait, soon after they were written."""
    send_mails()


@periodic(name="foundation.send_due_notifications", cron="* * * * *")
def send_due_notifications() -> None:
    """Send the e-mails that are due now: those scheduled for later and those to retry."""
    send_mails()


@periodic(name="foundation.forget_addresses", cron="37 * * * *")
def forget_old_addresses() -> None:
    """Remove the addresses of mails that were sent long ago (xóa địa chỉ thư cũ)."""
    delete_sent_notifications()


@periodic(name="foundation.forget_full_buckets", cron="47 * * * *")
def remove_full_rate_limit_buckets() -> None:
    """Remove counts of rate limits that are full again (dọn bộ đếm tần suất)."""
    forget_full_buckets()
