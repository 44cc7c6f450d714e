"""Doing a step with a dossier (thao tác trên hồ sơ): a small form, one confirmation, the guard of the version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congtam.dossiers.files.take_file import take_files
from congtam.dossiers.handling.errors import DossierChanged, NotOfTheDesk
from congtam.dossiers.handling.forms import VerbForm, form_of
from congtam.dossiers.handling.machine import DESK, dossier_of, sees
from congtam.dossiers.handling.subject import DeskVerb, Handled
from congtam.dossiers.handling.web.act_page import act_context, back_to
from congtam.dossiers.handling.web.corrections import form_argument, with_form
from congtam.dossiers.handling.web.counter import offered
from congtam.dossiers.handling.wording import words_of
from congtam.dossiers.intake.web.receive import files_of
from congtam.dossiers.intake.web.typed import Typed, handed_in, typed_of
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record.desk_queries import desk_of
from congtam.dossiers.record.web.problems import problems_of
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.errors import DomainError, InputRefused, NotFound, Problem
from congtam.kernel.input.numbers import digits_or_none


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """The form of a verb, and the verb itself; a refusal comes back with what was typed."""
    actor = actor_of(request)
    declared = DESK.find_verb(verb)
    if declared is None or declared.form is None:
        raise NotFound(kind="page", key=verb)
    dossier = DESK.reach(code, declared, actor=actor).dossier
    desk = desk_of(dossier)
    if desk is None:
        raise NotOfTheDesk(dossier=dossier.code)
    if request.method == "POST":
        return _do(request, dossier, desk, verb=declared)
    if declared not in offered(dossier, actor=actor):
        return _no_longer(request, dossier, verb=declared)
    form = form_of(declared, dossier, desk)
    return _page(request, form, verb=declared, typed=_blank(desk))


def _no_longer(request: HttpRequest, dossier: Dossier, *, verb: DeskVerb) -> HttpResponse:
    """Somebody was faster than the button: the page of the dossier comes anew and says so."""
    actor = actor_of(request)
    error = DESK.port.not_in_state(Handled(actor=actor, dossier=dossier, now=clock().now()), verb)
    if not request.headers.get("HX-Request"):
        raise error
    messages.warning(request, error.in_words(_))
    return HttpResponse(status=204, headers={"HX-Redirect": back_to(dossier, actor=actor)})


def _do(request: HttpRequest, dossier: Dossier, desk: DeskRecord, *, verb: DeskVerb) -> HttpResponse:
    actor = actor_of(request)
    form = form_of(verb, dossier, desk, posted=request.POST)
    typed, problems = _sent(request, form, actor=actor)
    typed, only_rows = with_form(form, typed, request.POST, actor=actor)
    if only_rows:
        return _page(request, form, verb=verb, typed=typed, problems=problems)
    if not form.is_valid() or problems:
        return _page(request, form, verb=verb, typed=typed, problems=problems, status=400)
    try:
        data = form.arguments() | form.file_arguments(typed.kept) | _papers(form, typed)
        data |= form_argument(form, typed, actor=actor)
        done = DESK.perform(dossier.code, verb, actor=actor, version=_version(request), data=data)
    except DomainError as error:
        return _refused(request, form, error, verb=verb, typed=typed)
    messages.success(request, f"{words_of(verb).done}: {dossier.code}")
    changed = dossier_of(done)
    shown = changed if sees(actor, changed) else dossier
    return redirect("dossiers:detail" if sees(actor, shown) else "dossiers:slip", shown.code)


def _version(request: HttpRequest) -> int | None:
    written = request.POST.get("version", "")
    return digits_or_none(written, most=10**9)


def _sent(request: HttpRequest, form: VerbForm, *, actor: Actor) -> tuple[Typed, Sequence[Problem]]:
    """What was typed besides the form: files, also those of an earlier try, and papers."""
    typed = typed_of(request.POST, username=actor.username)
    if not form.takes_files:
        return typed, ()
    taken, problems = take_files(files_of(request), actor=actor)
    return replace(typed, kept=(*typed.kept, *taken)), problems


def _papers(form: VerbForm, typed: Typed) -> dict[str, Any]:
    if not form.has_papers:
        return {}
    problems: list[Problem] = []
    papers = tuple(handed_in(typed, problems))
    if problems:
        raise InputRefused(problems)
    return {"papers": papers}


def _refused(
    request: HttpRequest, form: VerbForm, error: DomainError, *, verb: DeskVerb, typed: Typed
) -> HttpResponse:
    """The form again; who was overtaken by somebody sees the dossier as it is now and may decide anew."""
    if isinstance(error, DossierChanged):
        form.desk.refresh_from_db()
    beside, others = _sort(problems_of(error), form)
    for name, texts in beside.items():
        form.add_error(name, texts)
    return _page(request, form, verb=verb, typed=typed, problems=others, status=400)


def _sort(problems: Iterable[Problem], form: VerbForm) -> tuple[dict[str, list[str]], list[Problem]]:
    """Problems that stand beside a field of the form, and the others."""
    beside: dict[str, list[str]] = {}
    others: list[Problem] = []
    for problem in problems:
        if problem.column in form.fields:
            beside.setdefault(str(problem.column), []).append(problem.in_words(_))
        else:
            others.append(problem)
    return beside, others


def _blank(desk: DeskRecord) -> Typed:
    return Typed(fields={"version": str(desk.version)})


def _page(
    request: HttpRequest,
    form: VerbForm,
    *,
    verb: DeskVerb,
    typed: Typed,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    context = act_context(form, verb=verb, typed=typed, problems=problems, actor=actor_of(request))
    is_part = bool(request.headers.get("HX-Request")) and request.method == "GET"
    name = "dossiers/desk/act_form.html" if is_part else "dossiers/desk/act.html"
    return render(request, name, context, status=status)
