"""Guards that several verbs share (điều kiện chung): each says what stands in the way, or nothing."""

from __future__ import annotations

from congtam.dossiers.handling.subject import HandledDossier
from congtam.foundation.lifecycle import Obstacle
from congtam.kernel.errors import DomainError, msgid


class NotAcceptedYet(DomainError):
    """It was handed over and nobody has accepted it (chưa nhận bàn giao)."""

    code = "dossiers.not_accepted_yet"
    message = msgid("Dossier {dossier} has been handed over but not accepted yet. Accept it first.")


class DecidedAlready(DomainError):
    """A decision has been made (đã có quyết định)."""

    code = "dossiers.decided_already"
    message = msgid(
        "A decision on dossier {dossier} has already been made; this is no longer possible (NĐ 118/2025)."
    )


class NotOffered(DomainError):
    """There is no hand-over to accept or to take back."""

    code = "dossiers.not_offered"
    message = msgid("Dossier {dossier} is not waiting for acceptance.")


class NoPreviousStep(DomainError):
    """There is nobody to send it back to."""

    code = "dossiers.no_previous_step"
    message = msgid("This is the first step of dossier {dossier}: it cannot be sent back.")


class NotApproved(DomainError):
    """The process asks for an approval, and there is none."""

    code = "dossiers.not_approved"
    message = msgid("Dossier {dossier} must be approved first: its internal process has an approval step.")


def must_be_accepted(subject: HandledDossier) -> Obstacle:
    """Nobody works on what waits to be accepted."""
    return NotAcceptedYet if subject.desk.is_offered else None


def must_be_undecided(subject: HandledDossier) -> Obstacle:
    """What may only be done before the decision (NĐ 118/2025)."""
    return DecidedAlready if subject.is_decided else None


def must_be_on_offer(subject: HandledDossier) -> Obstacle:
    """What is done with a hand-over that waits."""
    return None if subject.desk.is_offered else NotOffered
