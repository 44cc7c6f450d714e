"""One address for each thing done with a dossier, for one or for many (thao tác trên hồ sơ)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Field, Router, Schema
from pydantic import create_model

from congtam.api.idempotency import idempotent
from congtam.api.parameters import allow_if_match
from congtam.api.problems import http_status
from congtam.api.responses import if_match_version, json_response
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.bulk import MOST, BulkOutcome, perform_bulk
from congtam.dossiers.handling.machine import DESK, resulting_dossier
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.answers import received_answer
from congtam.dossiers.intake.rest.receipts import ReceivedOut
from congtam.dossiers.models import Dossier
from congtam.foundation.public import actor_of

verbs = Router(tags=["steps"])
bulks = Router(tags=["steps"])
View = Callable[..., HttpResponse]


class ChangedOut(Schema):
    """The dossier after a change."""

    code: str
    version: int
    state: str
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    role: str
    holder: str
    office: str
    step_due_at: datetime | None


class BulkRefused(Schema):
    """A dossier with which it could not be done."""

    code: str
    status: int
    problem: str
    detail: str


class BulkOut(Schema):
    """What became of each dossier."""

    verb: str
    done: list[ChangedOut]
    refused: list[BulkRefused]


def serialize_change(dossier: Dossier) -> dict[str, Any]:
    """A dossier after a change."""
    fields = ("code", "state", "due_at", "finished_at", "returned_at")
    desk = ("version", "role", "holder", "office", "step_due_at")
    return {name: getattr(dossier, name) for name in fields} | {
        name: getattr(dossier.desk, name) for name in desk
    }


def changed_answer(dossier: Dossier) -> HttpResponse:
    """The answer to a change, with the new version."""
    return json_response(serialize_change(dossier), version=dossier.desk.version)


def _verb_view(verb: DeskVerb) -> View:
    """The view of a verb; its signature is what the documentation is made of."""

    def view(request: HttpRequest, code: str, body: VerbBody | None = None) -> HttpResponse:
        actor = actor_of(request)
        data = body.arguments(actor=actor) if body else {}
        done = DESK.perform(code, verb, actor=actor, version=if_match_version(request), data=data)
        return (
            received_answer(resulting_dossier(done))
            if verb.creates
            else changed_answer(resulting_dossier(done))
        )

    named = _with_signature(
        view, name=f"{verb.code}_dossier", doc=verb.apply.__doc__, code=str, body=verb.body
    )
    return allow_if_match(named)


def _bulk_view(verb: DeskVerb) -> View:
    fields: dict[str, Any] = {
        "codes": (Annotated[list[str], Field(min_length=1, max_length=MOST)], ...),
        "versions": (dict[str, int], Field({}, description="What you saw, by code; checked where given.")),
    }
    body_class = cast(
        "type[VerbBody]",
        create_model(f"Bulk{_operation_name(verb)}", __base__=verb.body or VerbBody, **fields),
    )

    def view(request: HttpRequest, body: VerbBody) -> HttpResponse:
        actor = actor_of(request)
        data = body.arguments(actor=actor)
        codes, versions = data.pop("codes"), data.pop("versions")
        return json_response(
            _serialize_outcome(perform_bulk(codes, verb, actor=actor, versions=versions, **data))
        )

    doc = f"The same for up to {MOST} dossiers; each succeeds or is refused by itself."
    return _with_signature(view, name=f"{verb.code}_dossiers", doc=doc, body=body_class)


def _serialize_outcome(outcome: BulkOutcome) -> dict[str, Any]:
    refused = [
        {
            "code": each.key,
            "status": int(http_status(each.error)),
            "problem": each.error.code,
            "detail": each.error.format_message(gettext),
        }
        for each in outcome.refused
    ]
    return {
        "verb": outcome.verb.code,
        "done": [serialize_change(dossier) for dossier in outcome.done],
        "refused": refused,
    }


def _with_signature(view: View, *, name: str, doc: str | None, **types: Any) -> View:
    """The view under its own name, with its parameters typed."""
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameter_types = {"request": HttpRequest} | {each: kind for each, kind in types.items() if kind}
    parameters = [inspect.Parameter(each, either, annotation=kind) for each, kind in parameter_types.items()]
    view.__name__, view.__doc__ = name, _first_paragraph(doc)
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return view


def _first_paragraph(doc: str | None) -> str:
    """The first paragraph of an action's contract."""
    return inspect.cleandoc(doc or "").split("\n\n")[0].replace("\n", " ")


def _operation_name(verb: DeskVerb) -> str:
    return verb.code.title().replace("_", "")


def _operation_summary(verb: DeskVerb) -> str:
    return verb.code.replace("_", " ").capitalize()


def _add_route(verb: DeskVerb) -> None:
    answers: Any = {HTTPStatus.CREATED.value: ReceivedOut} if verb.creates else ChangedOut
    verbs.post(f"/{{code}}/{verb.code}", response=answers, summary=_operation_summary(verb))(
        idempotent(_verb_view(verb))
    )
    if verb.bulk is not None:
        summary = f"{_operation_summary(verb)}, many"
        bulks.post(f"/{verb.code}", response=BulkOut, summary=summary)(idempotent(_bulk_view(verb)))


for _verb in DESK.verbs:
    if not _verb.is_automatic:
        _add_route(_verb)
