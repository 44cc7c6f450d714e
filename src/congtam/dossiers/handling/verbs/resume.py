"""Going on after the dossier that was waited for has ended (tính tiếp thời hạn): done by the program."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from congtam.dossiers.domain.states import OPEN, SuspensionGround
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import identity_transitions
from congtam.dossiers.handling.subject import DeskVerb
from congtam.kernel.errors import msgid


def resume(change: DossierChange, *, child: str, ended_at: datetime) -> None:
    """Let the clock run again from the instant at which the linked dossier ended (tính tiếp thời hạn)."""
    change.start_clock(ground=SuspensionGround.OTHER_OFFICE, note=child, at=ended_at)
    change.data |= {"child": child}


RESUME: Final = DeskVerb(
    code="resume",
    name=msgid("Resume the clock"),
    done=msgid("Clock resumed"),
    icon="clock",
    transitions=identity_transitions(OPEN),
    roles=(),
    is_automatic=True,
    apply=resume,
)
