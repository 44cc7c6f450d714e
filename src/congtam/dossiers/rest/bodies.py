"""What the API takes for each thing done with a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import AwareDatetime

from congtam.dossiers import public
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.models import Dossier
from congtam.dossiers.rest.receipts import Closed, HandedInIn, Text, Word
from congtam.dossiers.rest.uploads import FileIn, told_files
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
    Verb.HAND_OVER: Step(public.hand_over, HandOver),
    Verb.ACCEPT: Step(public.accept),
    Verb.TAKE_BACK: Step(public.take_back),
    Verb.SEND_BACK: Step(public.send_back, Reason),
    Verb.ASSIGN: Step(public.assign, Assign),
    Verb.CONSULT: Step(public.consult, Consult),
    Verb.ANSWER: Step(public.answer, Answer),
    Verb.ASK_SUPPLEMENT: Step(public.ask_supplement, AskSupplement),
    Verb.RECEIVE_SUPPLEMENT: Step(public.receive_supplement, ReceiveSupplement),
    Verb.LAPSE: Step(public.lapse),
    Verb.ASK_PAYMENT: Step(public.ask_payment, AskPayment),
    Verb.CONFIRM_PAYMENT: Step(public.confirm_payment, ConfirmPayment),
    Verb.WAIVE_PAYMENT: Step(public.waive_payment, WaivePayment),
    Verb.APOLOGISE: Step(public.apologise, Apologise),
    Verb.STOP: Step(public.stop, Reason),
    Verb.WITHDRAW: Step(public.withdraw, Reason),
    Verb.REFUSE: Step(public.refuse, Refuse),
    Verb.APPROVE: Step(public.approve, Approve),
    Verb.ISSUE_RESULT: Step(public.issue_result, IssueResult),
    Verb.RETURN_RESULT: Step(public.return_result, ReturnResult),
    Verb.REOPEN: Step(public.reopen, Reopen),
    Verb.OPEN_LINKED: Step(public.open_linked, OpenLinked),
    Verb.ATTACH: Step(public.attach, AttachFile),
}
"""Every verb a person may do; `resume` is the program's own."""
