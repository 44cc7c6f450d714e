"""Applications filed online, and questions between offices (hồ sơ nộp trực tuyến, lấy ý kiến)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.responses import json_response
from congtam.dossiers.form.answers import plain_answers
from congtam.dossiers.form.rest.schema import FormPartOut, serialize_form
from congtam.dossiers.handling.bodies import ReasonBody
from congtam.dossiers.handling.reactions import answer_consultation as answer
from congtam.dossiers.intake.filings import accept_filing as accept
from congtam.dossiers.intake.filings import decline_filing as decline
from congtam.dossiers.intake.rest.answers import received_answer
from congtam.dossiers.intake.rest.receipts import LongText, ReceivedOut, ShortText, StrictSchema
from congtam.dossiers.models import Filing, Letter
from congtam.dossiers.record import desk_queries as desk
from congtam.foundation.public import actor_of

filings = Router(tags=["filings"])
consultations = Router(tags=["consultations"])


class FilingOut(Schema):
    """An application filed online."""

    code: str
    unit_code: str
    procedure_code: str
    procedure_name: str
    case_kind: str
    applicant: dict[str, Any]
    form: dict[str, Any] = Field(description="The answers by name, as the form of the procedure names them.")
    form_parts: list[FormPartOut]
    files: list[dict[str, Any]]
    return_way: str
    state: Literal["submitted", "accepted", "declined"]
    submitted_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    answered_by: str
    reason: str
    dossier_code: str


class FilingList(Schema):
    """Applications, those to answer first come first; at most 200."""

    items: list[FilingOut]


class ConsultationOut(Schema):
    """A question put to an office about a dossier it need not see."""

    number: str
    procedure_name: str
    issued_at: datetime
    due_at: datetime | None
    to_unit_code: str
    content: dict[str, Any]
    answered_at: datetime | None
    answered_by: str
    answer: dict[str, Any]


class ConsultationList(Schema):
    """Questions, the most pressing first; at most 200."""

    items: list[ConsultationOut]


class AnswerIn(StrictSchema):
    """The answer to a question, by its number."""

    number: ShortText
    text: LongText


@filings.get("", response=FilingList)
def list_filings(
    request: HttpRequest, state: Literal["submitted", "accepted", "declined"] = "submitted"
) -> HttpResponse:
    """Applications filed online for the units you receive for."""
    rows = desk.filings(to=actor_of(request), state=state)
    return json_response({"items": [_serialize_filing(row) for row in rows]})


@filings.get("/{code}", response=FilingOut)
def read_filing(request: HttpRequest, code: str) -> HttpResponse:
    """One application filed online."""
    return json_response(_serialize_filing(desk.get_filing(code, to=actor_of(request))))


@filings.post("/{code}/accept", response={201: ReceivedOut})
@idempotent
def accept_filing(
    request: HttpRequest,
    code: str,
    is_duplicate_confirmed: Annotated[bool, "is_duplicate_confirmed"] = False,  # noqa: FBT002 - a query parameter
) -> HttpResponse:
    """Take it in: it becomes a dossier with a number and a due date.

    Where the person has an open dossier of this procedure (`open_dossier_exists`), confirm that this is another one.
    """
    actor = actor_of(request)
    return received_answer(accept(code, actor=actor, is_duplicate_confirmed=is_duplicate_confirmed))


@filings.post("/{code}/decline", response=FilingOut)
@idempotent
def decline_filing(request: HttpRequest, code: str, body: ReasonBody) -> HttpResponse:
    """Turn it down, with a reason the applicant reads."""
    return json_response(_serialize_filing(decline(code, reason=body.reason, actor=actor_of(request))))


@consultations.get("", response=ConsultationList)
def list_consultations(request: HttpRequest, answered: Annotated[bool, "answered"] = False) -> HttpResponse:  # noqa: FBT002 - a query parameter
    """Questions put to the units where you handle dossiers."""
    letters = desk.consultations(to=actor_of(request), answered=answered)
    return json_response({"items": [_serialize_consultation(letter) for letter in letters]})


@consultations.post("/answer", response=ConsultationOut)
@idempotent
def answer_consultation(request: HttpRequest, body: AnswerIn) -> HttpResponse:
    """Answer a question by its number."""
    return json_response(
        _serialize_consultation(answer(body.number, text=body.text, actor=actor_of(request)))
    )


def _serialize_filing(row: Filing) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in FilingOut.model_fields if name != "form_parts"}
    return {**fields, "form": plain_answers(row.form), "form_parts": serialize_form(row.form)}


def _serialize_consultation(letter: Letter) -> dict[str, Any]:
    fields = {
        name: getattr(letter, name) for name in ConsultationOut.model_fields if name != "procedure_name"
    }
    return {**fields, "procedure_name": letter.dossier.procedure_name}
