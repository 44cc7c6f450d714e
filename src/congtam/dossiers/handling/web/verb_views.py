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
from congtam.dossiers.handling.errors import DossierChangedMeanwhile, NotOfTheDesk
from congtam.dossiers.handling.forms import VerbForm, build_verb_form
from congtam.dossiers.handling.machine import DESK, can_see, resulting_dossier
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.web.corrections import form_argument, merge_form_answers
from congtam.dossiers.handling.web.counter import offered_verbs
from congtam.dossiers.handling.web.verb_page import dossier_page_url, verb_context
from congtam.dossiers.handling.wording import verb_labels
from congtam.dossiers.intake.web.form_data import FormData, parse_form_data, parse_papers
from congtam.dossiers.intake.web.receive import uploaded_files
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record.desk_queries import find_desk_record
from congtam.dossiers.record.web.problems import problems_of
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.errors import DomainError, InputRefused, NotFound, Problem
from congtam.kernel.input.numbers import digits_or_none


@require_http_methods(["GET", "HEAD", "POST"])
def verb_view(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """The form of a verb, and the verb itself; a refusal comes back with what was typed."""
    actor = actor_of(request)
    declared = DESK.find_verb(verb)
    if declared is None or declared.form is None:
        raise NotFound(kind="page", key=verb)
    dossier = DESK.reach(code, declared, actor=actor).dossier
    desk = find_desk_record(dossier)
    if desk is None:
        raise NotOfTheDesk(dossier=dossier.code)
    if request.method == "POST":
        return _take_step(request, dossier, desk, verb=declared)
    if declared not in offered_verbs(dossier, actor=actor):
        return _redirect_stale(request, dossier, verb=declared)
    form = build_verb_form(declared, dossier, desk)
    return _render_form(request, form, verb=declared, entered=_blank_entries(desk))


def _redirect_stale(request: HttpRequest, dossier: Dossier, *, verb: DeskVerb) -> HttpResponse:
    """Somebody was faster than the button: the page of the dossier comes anew and says so."""
    actor = actor_of(request)
    error = DESK.port.not_in_state(HandledDossier(actor=actor, dossier=dossier, now=clock().now()), verb)
    if not request.headers.get("HX-Request"):
        raise error
    messages.warning(request, error.format_message(_))
    return HttpResponse(status=204, headers={"HX-Redirect": dossier_page_url(dossier, actor=actor)})


def _take_step(request: HttpRequest, dossier: Dossier, desk: DeskRecord, *, verb: DeskVerb) -> HttpResponse:
    actor = actor_of(request)
    form = build_verb_form(verb, dossier, desk, posted=request.POST)
    entered, problems = _read_post(request, form, actor=actor)
    entered, only_rows = merge_form_answers(form, entered, request.POST, actor=actor)
    if only_rows:
        return _render_form(request, form, verb=verb, entered=entered, problems=problems)
    if not form.is_valid() or problems:
        return _render_form(request, form, verb=verb, entered=entered, problems=problems, status=400)
    try:
        data = form.arguments() | form.file_arguments(entered.carried_files) | _posted_papers(form, entered)
        data |= form_argument(form, entered, actor=actor)
        done = DESK.perform(dossier.code, verb, actor=actor, version=_posted_version(request), data=data)
    except DomainError as error:
        return _show_refusal(request, form, error, verb=verb, entered=entered)
    messages.success(request, f"{verb_labels(verb).done}: {dossier.code}")
    changed = resulting_dossier(done)
    shown = changed if can_see(actor, changed) else dossier
    return redirect("dossiers:detail" if can_see(actor, shown) else "dossiers:slip", shown.code)


def _posted_version(request: HttpRequest) -> int | None:
    written = request.POST.get("version", "")
    return digits_or_none(written, most=10**9)


def _read_post(request: HttpRequest, form: VerbForm, *, actor: Actor) -> tuple[FormData, Sequence[Problem]]:
    """What was typed besides the form: files, also those of an earlier try, and papers."""
    entered = parse_form_data(request.POST, username=actor.username)
    if not form.takes_files:
        return entered, ()
    files, problems = take_files(uploaded_files(request), actor=actor)
    return replace(entered, carried_files=(*entered.carried_files, *files)), problems


def _posted_papers(form: VerbForm, entered: FormData) -> dict[str, Any]:
    if not form.has_papers:
        return {}
    problems: list[Problem] = []
    papers = tuple(parse_papers(entered, problems))
    if problems:
        raise InputRefused(problems)
    return {"papers": papers}


def _show_refusal(
    request: HttpRequest, form: VerbForm, error: DomainError, *, verb: DeskVerb, entered: FormData
) -> HttpResponse:
    """The form again; who was overtaken by somebody sees the dossier as it is now and may decide anew."""
    if isinstance(error, DossierChangedMeanwhile):
        form.desk.refresh_from_db()
    beside, others = _split_problems(problems_of(error), form)
    for name, texts in beside.items():
        form.add_error(name, texts)
    return _render_form(request, form, verb=verb, entered=entered, problems=others, status=400)


def _split_problems(
    problems: Iterable[Problem], form: VerbForm
) -> tuple[dict[str, list[str]], list[Problem]]:
    """Problems that stand beside a field of the form, and the others."""
    beside: dict[str, list[str]] = {}
    others: list[Problem] = []
    for problem in problems:
        if problem.column in form.fields:
            beside.setdefault(str(problem.column), []).append(problem.format_message(_))
        else:
            others.append(problem)
    return beside, others


def _blank_entries(desk: DeskRecord) -> FormData:
    return FormData(fields={"version": str(desk.version)})


def _render_form(
    request: HttpRequest,
    form: VerbForm,
    *,
    verb: DeskVerb,
    entered: FormData,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    context = verb_context(form, verb=verb, entered=entered, problems=problems, actor=actor_of(request))
    is_part = bool(request.headers.get("HX-Request")) and request.method == "GET"
    name = "dossiers/desk/act_form.html" if is_part else "dossiers/desk/act.html"
    return render(request, name, context, status=status)
