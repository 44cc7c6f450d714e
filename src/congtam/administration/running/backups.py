"""The day of the last backup (lần sao lưu gần nhất).

A backup is made outside the program; whoever makes it says so, by a button or at the end of the script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from congtam.administration.permissions import require_administrator
from congtam.foundation.public import Actor, installation_notes, real_clock, record, set_installation_notes
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.texts import compact

NOTE: Final = "last_backup"
TOO_OLD: Final = timedelta(days=2)
_LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup somebody reported."""

    at: datetime
    location: str
    by: str

    @property
    def is_old(self) -> bool:
        """Whether more than two days have passed."""
        return real_clock().now() - self.at > TOO_OLD


@transaction.atomic
def note_backup(*, at: datetime, location: str, actor: Actor) -> None:
    """Note that a backup was made; raises InputRefused for one in the future, and for one older than that noted."""
    require_administrator(actor)
    earlier = last_backup()
    if at > real_clock().now() + timedelta(minutes=5):
        raise InputRefused(
            [Problem(code="backup_in_future", message=msgid("This time is in the future."), column="at")]
        )
    if earlier is not None and at < earlier.at:
        message = msgid("A later backup is already recorded.")
        raise InputRefused([Problem(code="backup_older", message=message, column="at")])
    note = {"at": at.isoformat(), "location": compact(location)[:_LONGEST], "by": actor.username}
    set_installation_notes(**{NOTE: note})
    record(actor, "backup.noted", kind="backup", key=at.date().isoformat(), data={"at": at.isoformat()})


def last_backup() -> Backup | None:
    """The last backup anybody noted; None where nothing is known of one."""
    note = installation_notes().get(NOTE)
    if not isinstance(note, dict):
        return None
    return Backup(at=datetime.fromisoformat(note["at"]), location=note["location"], by=note["by"])
