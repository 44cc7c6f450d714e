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

from congtam.api.answers import json_answer, version_asked
from congtam.api.idempotency import once
from congtam.api.parameters import versioned
from congtam.api.problems import status_of
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.handling.bulk import BULK, MOST, BulkOutcome, bulk
from congtam.dossiers.handling.rest.bodies import STEPS, Body, Step
from congtam.dossiers.intake.rest.answers import received_answer
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


def told(dossier: Dossier) -> dict[str, Any]:
    """A dossier after a change."""
    fields = ("code", "state", "due_at", "finished_at", "returned_at")
    desk = ("version", "role", "holder", "office", "step_due_at")
    return {name: getattr(dossier, name) for name in fields} | {
        name: getattr(dossier.desk, name) for name in desk
    }


def changed_answer(dossier: Dossier) -> HttpResponse:
    """The answer to a change, with the new version."""
    return json_answer(told(dossier), version=dossier.desk.version)


def _view(verb: Verb, step: Step) -> View:
    """The view of a verb; its signature is what the documentation is made of."""

    def view(request: HttpRequest, code: str, body: Body | None = None) -> HttpResponse:
        actor = actor_of(request)
        given = body.given(actor=actor) if body else {}
        dossier = step.action(code, actor=actor, version=version_asked(request), **given)
        return received_answer(dossier) if verb is Verb.OPEN_LINKED else changed_answer(dossier)

    named = _signed(view, name=f"{verb.value}_dossier", doc=step.action.__doc__, code=str, body=step.body)
    return versioned(named)


def _bulk_view(verb: Verb, step: Step) -> View:
    fields: dict[str, Any] = {
        "codes": (Annotated[list[str], Field(min_length=1, max_length=MOST)], ...),
        "versions": (dict[str, int], Field({}, description="What you saw, by code; checked where given.")),
    }
    taken = cast("type[Body]", create_model(f"Bulk{_name(verb)}", __base__=step.body or Body, **fields))

    def view(request: HttpRequest, body: Body) -> HttpResponse:
        actor = actor_of(request)
        given = body.given(actor=actor)
        codes, versions = given.pop("codes"), given.pop("versions")
        return json_answer(_outcome(bulk(codes, verb, actor=actor, versions=versions, **given)))

    doc = f"The same for up to {MOST} dossiers; each succeeds or is refused by itself."
    return _signed(view, name=f"{verb.value}_dossiers", doc=doc, body=taken)


def _outcome(found: BulkOutcome) -> dict[str, Any]:
    refused = [
        {
            "code": each.code,
            "status": int(status_of(each.error)),
            "problem": each.error.code,
            "detail": each.error.in_words(gettext),
        }
        for each in found.refused
    ]
    return {"verb": found.verb.value, "done": [told(dossier) for dossier in found.done], "refused": refused}


def _signed(view: View, *, name: str, doc: str | None, **types: Any) -> View:
    """The view under its own name, with its parameters typed."""
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    wanted = {"request": HttpRequest} | {each: kind for each, kind in types.items() if kind}
    parameters = [inspect.Parameter(each, either, annotation=kind) for each, kind in wanted.items()]
    view.__name__, view.__doc__ = name, _plain(doc)
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return view


def _plain(doc: str | None) -> str:
    """The first paragraph of an action's contract."""
    return inspect.cleandoc(doc or "").split("\n\n")[0].replace("\n", " ")


def _name(verb: Verb) -> str:
    return verb.value.title().replace("_", "")


def _summary(verb: Verb) -> str:
    return verb.value.replace("_", " ").capitalize()


def _add(verb: Verb, step: Step) -> None:
    from congtam.dossiers.intake.rest.receipts import ReceivedOut

    linked = verb is Verb.OPEN_LINKED
    answers: Any = {HTTPStatus.CREATED.value: ReceivedOut} if linked else ChangedOut
    verbs.post(f"/{{code}}/{verb.value}", response=answers, summary=_summary(verb))(once(_view(verb, step)))
    if verb in BULK:
        summary = f"{_summary(verb)}, many"
        bulks.post(f"/{verb.value}", response=BulkOut, summary=summary)(once(_bulk_view(verb, step)))


for _verb, _step in STEPS.items():
    _add(_verb, _step)
