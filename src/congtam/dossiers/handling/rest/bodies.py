"""What the API takes for each thing done with a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import AwareDatetime

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.files.rest.uploads import FileIn, told_files
from congtam.dossiers.handling import (
    consultations,
    endings,
    hand_overs,
    linked,
    papers,
    payments,
    results,
    supplements,
)
from congtam.dossiers.intake.rest.receipts import Closed, HandedInIn, Text, Word
from congtam.dossiers.models import Dossier
from congtam.foundation.public import Actor


class Body(Closed):
    """The fields of one verb, named as its action's."""

    def given(self, *, actor: Actor) -> dict[str, Any]:
        """As the action takes them."""
        return {name: _told(getattr(self, name), actor) for name in type(self).model_fields}


def _told(value: Any, actor: Actor) -> Any:
    if isinstance(value, FileIn):
        return value.told(actor=actor)
    if isinstance(value, HandedInIn):
        return value.told()
    if isinstance(value, list) and value and isinstance(value[0], FileIn):
        return told_files(value, actor=actor)
    return tuple(_told(each, actor) for each in value) if isinstance(value, list) else value


class HandOver(Body):
    """To the next step, or to one officer of it."""

    note: Text = ""
    to_officer: Word = ""


class Reason(Body):
    """Why it is done."""

    reason: Text = Field(examples=["Hồ sơ thiếu giấy xác nhận"])


class Assign(Body):
    """Who shall handle it."""

    officer: Word


class Consult(Body):
    """A question to another office."""

    to_unit: Word
    question: Text
    hours: Annotated[Decimal, Field(gt=0, le=2000)] = Field(examples=[16])
    stops_clock: bool = False


class Answer(Body):
    """The answer to a question, by the sequence of its letter."""

    letter: int
    text: Text


class AskSupplement(Body):
    """What is missing; it may be asked for once."""

    missing: Annotated[list[Text], Field(max_length=100)]
    reason: Text


class ReceiveSupplement(Body):
    """What the applicant brought."""

    papers: Annotated[list[HandedInIn], Field(max_length=200)] = []
    files: Annotated[list[FileIn], Field(max_length=40)] = []
    form: dict[str, Any] | None = Field(
        default=None,
        description="The answers of the electronic form as they now read, all of them; left out, it stays as it is.",
    )


class AskPayment(Body):
    """What is to be paid."""

    amount_dong: Annotated[int, Field(gt=0, le=10**12)]
    reason: Text


class ConfirmPayment(Body):
    """How it was paid."""

    way: Literal["cash", "online"]
    paid_at: AwareDatetime | None = None
    request: Word = ""


class WaivePayment(Body):
    """Why the payment is no longer asked for, and on which ground in law."""

    reason: Text
    legal: Text = ""


class Apologise(Body):
    """Why, and the new date."""

    reason: Text
    new_due_on: date


class Refuse(Body):
    """The ground in law and the reason."""

    ground: Text
    reason: Text


class Approve(Body):
    """A note for the file."""

    note: Text = ""


class IssueResult(Body):
    """The result; its file is uploaded first."""

    summary: Text
    number: Word = ""
    issued_on: date | None = None
    file: FileIn | None = None
    signature: Word = ""


class ReturnResult(Body):
    """How it was given to the applicant."""

    way: Literal["desk", "post", "online"]
    receiver: Word = ""


class Reopen(Body):
    """Why, and until when."""

    reason: Text
    new_due_on: date | None = None


class OpenLinked(Body):
    """The follow-on dossier in another office."""

    procedure_code: Word
    unit_code: Word
    case_kind: Word = ""
    stops_clock: bool = False


class AttachFile(Body):
    """A file that was uploaded."""

    file: FileIn


@dataclass(frozen=True)
class Step:
    """An action and what it takes; without a body it takes nothing."""

    action: Callable[..., Dossier]
    body: type[Body] | None = None


STEPS: Final[Mapping[Verb, Step]] = {
    Verb.HAND_OVER: Step(hand_overs.hand_over, HandOver),
    Verb.ACCEPT: Step(hand_overs.accept),
    Verb.TAKE_BACK: Step(hand_overs.take_back),
    Verb.SEND_BACK: Step(hand_overs.send_back, Reason),
    Verb.ASSIGN: Step(hand_overs.assign, Assign),
    Verb.CONSULT: Step(consultations.consult, Consult),
    Verb.ANSWER: Step(consultations.answer, Answer),
    Verb.ASK_SUPPLEMENT: Step(supplements.ask_supplement, AskSupplement),
    Verb.RECEIVE_SUPPLEMENT: Step(supplements.receive_supplement, ReceiveSupplement),
    Verb.LAPSE: Step(supplements.lapse),
    Verb.ASK_PAYMENT: Step(payments.ask_payment, AskPayment),
    Verb.CONFIRM_PAYMENT: Step(payments.confirm_payment, ConfirmPayment),
    Verb.WAIVE_PAYMENT: Step(payments.waive_payment, WaivePayment),
    Verb.APOLOGISE: Step(endings.apologise, Apologise),
    Verb.STOP: Step(endings.stop, Reason),
    Verb.WITHDRAW: Step(endings.withdraw, Reason),
    Verb.REFUSE: Step(endings.refuse, Refuse),
    Verb.APPROVE: Step(results.approve, Approve),
    Verb.ISSUE_RESULT: Step(results.issue_result, IssueResult),
    Verb.RETURN_RESULT: Step(results.return_result, ReturnResult),
    Verb.REOPEN: Step(endings.reopen, Reopen),
    Verb.OPEN_LINKED: Step(linked.open_linked, OpenLinked),
    Verb.ATTACH: Step(papers.attach, AttachFile),
}
"""Every verb a person may do; `resume` is the program's own."""
