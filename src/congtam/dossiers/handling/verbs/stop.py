"""Stopping at the applicant's request (dừng giải quyết)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.handling.bodies import EndingBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import DESK, transitions_to_state
from congtam.dossiers.handling.forms import EndingForm
from congtam.dossiers.handling.guards import must_be_undecided
from congtam.dossiers.handling.papers import put_request_on_file
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.free_text import require_text
from congtam.kernel.errors import msgid


def stop(change: DossierChange, *, reason: str, request: AttachedFile | None = None) -> None:
    """Stop handling at the applicant's request on file, while nothing is decided (Mẫu 05; NĐ 118/2025 Điều 21)."""
    put_request_on_file(change, request)
    change.write_letter(LetterKind.STOP, {"reason": require_text(reason)})
    change.closing_reason = "Hồ sơ dừng giải quyết theo đề nghị của người nộp"


STOP: Final = DeskVerb(
    code="stop",
    name=msgid("Stop on request"),
    lead=msgid("The applicant asks to stop and no decision has been made. The dossier is closed."),
    done=msgid("Stopped on request"),
    icon="player-pause",
    style="danger",
    order=190,
    transitions=transitions_to_state(OPEN, State.STOPPED),
    roles=DESK,
    guards=(must_be_undecided,),
    apply=stop,
    body=EndingBody,
    form=EndingForm,
    notify="stop",
    bulk=11,
)
