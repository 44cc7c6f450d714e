"""Giving the application back to the applicant who takes it back (rút hồ sơ)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.handling.bodies import EndingBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import transitions_to_state
from congtam.dossiers.handling.forms import EndingForm
from congtam.dossiers.handling.guards import must_be_undecided
from congtam.dossiers.handling.papers import put_request_on_file
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.free_text import require_text
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


def withdraw(change: DossierChange, *, reason: str, request: AttachedFile | None = None) -> None:
    """Give the application back to the applicant who takes it back; the request is put on file (rút hồ sơ)."""
    put_request_on_file(change, request)
    change.write_letter(LetterKind.WITHDRAWAL, {"reason": require_text(reason)})
    change.closing_reason = "Người nộp rút hồ sơ"


WITHDRAW: Final = DeskVerb(
    code="withdraw",
    name=msgid("Withdraw"),
    lead=msgid(
        "The applicant withdraws the application and you have the request. The dossier is closed. For a mistake of "
        "the desk, cancel the receipt instead."
    ),
    done=msgid("Withdrawn by the applicant"),
    icon="x",
    style="danger",
    order=200,
    transitions=transitions_to_state(OPEN, State.WITHDRAWN),
    roles=(Role.CLERK,),
    also_reached=find_at_counter,
    guards=(must_be_undecided,),
    apply=withdraw,
    body=EndingBody,
    form=EndingForm,
    notify="withdraw",
)
