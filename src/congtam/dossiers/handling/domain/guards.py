"""What stands in the way of a step (điều kiện thực hiện bước) beyond the state of the dossier.

``obstacle`` is asked twice: by the action, which refuses, and by the page, which then does not offer the step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from congtam.dossiers.deadlines.domain import ExtendedBefore, ExtendedTooLate, NothingToExtend
from congtam.dossiers.domain.lifecycle import Verb
from congtam.kernel.errors import DomainError, NotAllowed, msgid


class NotYourMove(NotAllowed):
    """The dossier lies with somebody else (không phải lượt xử lý)."""

    code = "dossiers.not_your_move"
    message = msgid(
        "Dossier {dossier} lies with {holder}; only that person or the head of the unit can do this."
    )


class NotAcceptedYet(DomainError):
    """It was handed over and nobody has accepted it (chưa nhận bàn giao)."""

    code = "dossiers.not_accepted_yet"
    message = msgid("Dossier {dossier} was handed over and is not accepted yet. Accept it first.")


class NothingOffered(DomainError):
    """There is no hand-over to accept or to take back."""

    code = "dossiers.nothing_offered"
    message = msgid("Dossier {dossier} is not waiting to be accepted.")


class NoNextStep(DomainError):
    """The internal process ends here."""

    code = "dossiers.no_next_step"
    message = msgid("This is the last step of the internal process of dossier {dossier}.")


class NoPreviousStep(DomainError):
    """There is nobody to send it back to."""

    code = "dossiers.no_previous_step"
    message = msgid("This is the first step of dossier {dossier}: it cannot be sent back.")


class NotAtApproval(DomainError):
    """It has not come to the step in which it is approved."""

    code = "dossiers.not_at_approval"
    message = msgid("Dossier {dossier} has not come to the approval step of its process yet.")


class NotApproved(DomainError):
    """The process asks for an approval, and there is none."""

    code = "dossiers.not_approved"
    message = msgid("Dossier {dossier} must be approved first: its internal process has an approval step.")


class DecidedAlready(DomainError):
    """A decision has been made (đã có quyết định)."""

    code = "dossiers.decided_already"
    message = msgid("Dossier {dossier} has already been decided; this cannot be done any more (NĐ 118/2025).")


class SupplementAskedBefore(DomainError):
    """A supplement may be asked for only once."""

    code = "dossiers.supplement_asked_before"
    message = msgid(
        "A supplement was already asked for in dossier {dossier}. It may be asked for only once (NĐ 118/2025)."
    )


class NotLapsed(DomainError):
    """The applicant still has time to supplement."""

    code = "dossiers.not_lapsed"
    message = msgid(
        "The applicant of dossier {dossier} may still hand in the supplement until {until:%d/%m/%Y %H:%M}."
    )


class NothingToAnswer(DomainError):
    """No consultation is waiting for an answer."""

    code = "dossiers.nothing_to_answer"
    message = msgid("No question about dossier {dossier} is waiting for an answer.")


class NothingToPay(DomainError):
    """No fee is outstanding."""

    code = "dossiers.nothing_to_pay"
    message = msgid("No fee of dossier {dossier} is outstanding.")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """How a dossier lies when somebody wants to do something with it; ``steps`` are the places of its process."""

    place: int
    process: Sequence[Mapping[str, Any]]
    is_offered: bool
    is_decided: bool
    owes: bool
    """Whether a fee is open, or one was paid that the dossier does not know of yet."""
    supplement_count: int
    apology_count: int
    due_at: datetime | None
    """As the clock runs: while it stands still, the date does not pass."""
    supplement_due_at: datetime | None
    now: datetime

    @property
    def next_step(self) -> Mapping[str, Any] | None:
        """The step that follows in the internal process."""
        return next((step for step in self.process if step["place"] > self.place), None)

    @property
    def previous_step(self) -> Mapping[str, Any] | None:
        """The step before this one in the internal process."""
        return next((step for step in reversed(self.process) if step["place"] < self.place), None)

    @property
    def needs_approval(self) -> bool:
        """Whether the process has a step of approval and no decision has been made."""
        return not self.is_decided and any(map(is_approval, self.process))

    @property
    def is_at_approval(self) -> bool:
        """Whether this is the step of approval."""
        return any(step["place"] == self.place and is_approval(step) for step in self.process)


def is_approval(step: Mapping[str, Any]) -> bool:
    """Whether a step of the process is the approval (bước phê duyệt)."""
    return bool(step["role"] in {"unit_head", "leader"} or step["code"] == "approve")


_NEEDS_ACCEPTANCE: Final = frozenset(
    {
        Verb.HAND_OVER,
        Verb.CONSULT,
        Verb.ASK_SUPPLEMENT,
        Verb.ASK_PAYMENT,
        Verb.APPROVE,
        Verb.ISSUE_RESULT,
        Verb.OPEN_LINKED,
    }
)
_BEFORE_DECISION: Final = frozenset(
    {Verb.STOP, Verb.WITHDRAW, Verb.REFUSE, Verb.ASK_SUPPLEMENT, Verb.APPROVE}
)

_Found = type[DomainError] | None


def obstacle(verb: Verb, at: Situation) -> _Found:
    """The kind of error that stands in the way; None when nothing does."""
    if verb in _NEEDS_ACCEPTANCE and at.is_offered:
        return NotAcceptedYet
    if verb in _BEFORE_DECISION and at.is_decided:
        return DecidedAlready
    check = _CHECKS.get(verb)
    return check(at) if check else None


def _offered(at: Situation) -> _Found:
    return None if at.is_offered else NothingOffered


def _hand_over(at: Situation) -> _Found:
    if at.next_step is None:
        return NoNextStep
    return NotApproved if at.is_at_approval and at.needs_approval else None


def _send_back(at: Situation) -> _Found:
    return None if at.previous_step else NoPreviousStep


def _approve(at: Situation) -> _Found:
    return None if at.is_at_approval or not at.needs_approval else NotAtApproval


def _issue_result(at: Situation) -> _Found:
    return NotApproved if at.needs_approval else None


def _ask_supplement(at: Situation) -> _Found:
    return SupplementAskedBefore if at.supplement_count else None


def _lapse(at: Situation) -> _Found:
    return NotLapsed if at.supplement_due_at is None or at.now <= at.supplement_due_at else None


def _apologise(at: Situation) -> _Found:
    if at.apology_count:
        return ExtendedBefore
    if at.due_at is None:
        return NothingToExtend
    return ExtendedTooLate if at.now > at.due_at else None


def _confirm_payment(at: Situation) -> _Found:
    return None if at.owes else NothingToPay


_CHECKS: Final[Mapping[Verb, Callable[[Situation], _Found]]] = {
    Verb.ACCEPT: _offered,
    Verb.TAKE_BACK: _offered,
    Verb.HAND_OVER: _hand_over,
    Verb.SEND_BACK: _send_back,
    Verb.APPROVE: _approve,
    Verb.ISSUE_RESULT: _issue_result,
    Verb.ASK_SUPPLEMENT: _ask_supplement,
    Verb.LAPSE: _lapse,
    Verb.APOLOGISE: _apologise,
    Verb.CONFIRM_PAYMENT: _confirm_payment,
}
