"""Setting the clock of a demonstration when it is loaded, and following it in every process.

Only an installation marked as synthetic can have one: this module refuses others, and so does the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from congtam.foundation.domain.demonstration_clock import DemonstrationClock
from congtam.foundation.installation import installation_notes, set_installation_notes
from congtam.foundation.time import real_clock, set_domain_clock
from congtam.kernel.errors import DomainError, msgid

NOTE: Final = "demonstration_clock"


class NoDemonstration(DomainError):
    """A clock of the demonstration was to be set where the data are real (không phải bản trình diễn)."""

    code = "clock.no_demonstration"
    message = msgid("Only a demonstration can have a clock of its own; this installation holds real work.")


class DemonstrationClockFixed(DomainError):
    """The clock was set when the demonstration was loaded, and is not set again."""

    code = "clock.fixed"
    message = msgid(
        "The clock of this demonstration was set when it was loaded. To set another one, load the "
        "demonstration into an empty data folder."
    )


def set_demonstration_clock(starts_at: datetime) -> None:
    """Let the demonstration begin now, at an instant of its own (đặt đồng hồ trình diễn).

    The same instant again changes nothing. Raises NoDemonstration and DemonstrationClockFixed.
    """
    notes = installation_notes()
    if notes.get("synthetic") is not True:
        raise NoDemonstration
    if (fixed := find_demonstration_clock(notes)) is None:
        loaded_at = real_clock().now().isoformat()
        set_installation_notes(**{NOTE: {"starts_at": starts_at.isoformat(), "loaded_at": loaded_at}})
    elif fixed.starts_at != starts_at:
        raise DemonstrationClockFixed
    apply_demonstration_clock()


def find_demonstration_clock(notes: Mapping[str, Any]) -> DemonstrationClock | None:
    """The clock that the notes of the installation set, if any."""
    note = notes.get(NOTE)
    if note is None or notes.get("synthetic") is not True:
        return None
    return DemonstrationClock(
        starts_at=datetime.fromisoformat(note["starts_at"]),
        loaded_at=datetime.fromisoformat(note["loaded_at"]),
    )


def apply_demonstration_clock() -> None:
    """Go by the clock of the demonstration, or by the real one; called where a request, job or command begins."""
    set_domain_clock(find_demonstration_clock(installation_notes()))
