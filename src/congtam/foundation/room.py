"""Room on the disk, and how much of it an account takes a day (hạn mức lưu trữ): refusals that say what to do.

Limits are a note of the installation with the day they were set; each change is in the ledger.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Sum

from congtam.foundation.audit import record
from congtam.foundation.domain.roles import Actor
from congtam.foundation.installation import installation_notes, set_installation_notes
from congtam.foundation.models import StoredFile
from congtam.foundation.storage import Disk, disk_space
from congtam.foundation.time import real_clock
from congtam.kernel.clock import LOCAL, today
from congtam.kernel.errors import DomainError

NOTE: Final = "storage_limits"
MIB: Final = 1 << 20
MIB_A_DAY: Final = 2048
FREE_MIB: Final = 1024
_USUAL_SHARE: Final = 0.05
_FULL_CODES: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DATABASE_FULL: Final = "53100"
_FULL_TEXTS: Final = (
    "No space left on device",
    "Disk quota exceeded",
    "File too large (os error",
    "database or disk is full",
)
"""How libraries that hide the operating system's number say it."""


class StorageFull(DomainError):
    """There is no room for what should be stored (hết dung lượng)."""

    code = "storage.full"
    message = (
        "The server is almost out of disk space, so nothing was stored. Ask the administrator to make room, then "
        "send it again."
    )


class DailyQuotaReached(DomainError):
    """An account has stored as much today as one may (hết hạn mức trong ngày)."""

    code = "storage.daily_quota"
    message = (
        "Your account has stored {used} MiB today; with this file it would be more than the {limit} MiB allowed a day. "
        "Send it tomorrow, or ask the administrator to raise the limit."
    )


@dataclass(frozen=True, kw_only=True)
class StorageLimits:
    """MiB that an account may store a day, and MiB that stay free; without a number, the smaller of 1 GiB and 5 %."""

    mib_a_day: int = MIB_A_DAY
    free_mib: int | None = None
    since: str = ""

    def free_floor(self, total: int) -> int:
        """The bytes that stay free on a disk of so many.

        >>> StorageLimits().free_floor(10 << 30) >> 20, StorageLimits().free_floor(1 << 40) >> 20
        (512, 1024)
        """
        if self.free_mib is not None:
            return self.free_mib * MIB
        return min(FREE_MIB * MIB, int(total * _USUAL_SHARE))


def storage_limits() -> StorageLimits:
    """The limits in force."""
    note: Any = installation_notes().get(NOTE) or {}
    return StorageLimits(
        mib_a_day=note.get("mib_a_day", MIB_A_DAY),
        free_mib=note.get("free_mib"),
        since=note.get("since", ""),
    )


def set_storage_limits(limits: StorageLimits, *, actor: Actor) -> StorageLimits:
    """Say how much an account may store a day and how much stays free, from now on; the limits as dated."""
    since = today(real_clock()).isoformat()
    note = {"mib_a_day": limits.mib_a_day, "free_mib": limits.free_mib, "since": since}
    with transaction.atomic():
        set_installation_notes(**{NOTE: note})
        record(actor, "storage.limits_set", kind="installation", key=NOTE, data=note)
    return replace(limits, since=since)


def require_free_space(*, look: Callable[[], Disk] = disk_space) -> None:
    """Raise StorageFull when less is free than must stay free."""
    now = look()
    if now.free < storage_limits().free_floor(now.total):
        raise StorageFull


def require_daily_quota(actor: Actor, size: int) -> None:
    """Raise DailyQuotaReached when an account would store more today than it may; within the transaction that stores.

    Those who store for the same account wait for each other. Parts of the program and the console have no limit.
    """
    if actor.is_console:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(767, hashtext(%s))", [actor.username])
    used, limit = stored_today(actor.username), storage_limits().mib_a_day
    if used + size > limit * MIB:
        raise DailyQuotaReached(used=-(-used // MIB), limit=limit)


def stored_today(username: str) -> int:
    """The bytes an account has stored since midnight."""
    midnight = datetime.combine(today(real_clock()), time(), tzinfo=LOCAL)
    rows = StoredFile.objects.filter(stored_by=username, stored_at__gte=midnight)
    return int(rows.aggregate(total=Sum("size"))["total"] or 0)


def is_storage_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that a disk is full: of the program or of the database."""
    return any(_says_full(one) for one in _chain(error))


def _says_full(error: BaseException) -> bool:
    if isinstance(error, StorageFull) or getattr(error, "sqlstate", None) == _DATABASE_FULL:
        return True
    if isinstance(error, OSError) and error.errno in _FULL_CODES:
        return True
    return any(text in str(error) for text in _FULL_TEXTS)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
