"""Filing online (nộp hồ sơ trực tuyến): a guided form whose every step is kept at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congtam.dossiers.public import citizen_proof, filing_secret
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.portal.actions import drafts
from congtam.portal.actions.limits import DRAFT_BY_ADDRESS, FILES_BY_ADDRESS, SEND_BY_ADDRESS, consume
from congtam.portal.domain.application import STEPS, Step, names_of, problems_of, step_after
from congtam.portal.models import Draft
from congtam.portal.queries import get_draft
from congtam.portal.web import access, filing_fields
from congtam.portal.web.busy import patient
from congtam.portal.web.dossier_page import sent_files
from congtam.procedures.public import DeskProcedure, desk_procedure

_FASTEST: Final = timedelta(seconds=5)
"""Nobody fills in six pages in less; a program does."""
_TRAP: Final = "website"
"""A field people do not see."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@patient
def file_page(request: HttpRequest, code: str) -> HttpResponse:
    """What is needed, then the beginning of an application."""
    procedure = _procedure(code)
    if request.method != "POST":
        return render(request, "portal/file.html", {"procedure": procedure})
    consume((DRAFT_BY_ADDRESS, access.address_of(request)))
    browser = access.browser_of(request) or access.new_browser_key()
    draft = drafts.begin(procedure.code, browser=browser)
    response = redirect("portal:draft", draft.key, Step.PLACE.value)
    access.give_browser_key(response, browser)
    return access.private(response)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@patient
def draft_page(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One step of an application; what is typed is kept before it is looked at."""
    draft = get_draft(key, browser=access.browser_of(request))
    if step not in set(Step):
        raise NotFound(kind="step", key=step)
    if draft.filing_code:
        return _sent(request, draft)
    at, procedure = Step(step), _procedure(draft.procedure_code)
    if request.method != "POST":
        return _show(request, draft, procedure, at=at)
    return _take(request, draft, procedure, at=at)


def _procedure(code: str) -> DeskProcedure:
    """The procedure in force today, if it can be filed online."""
    found = desk_procedure(code, today(clock()))
    if found is None or "online" not in found.channels:
        raise NotFound(kind="procedure", key=code)
    return found


def _take(request: HttpRequest, draft: Draft, procedure: DeskProcedure, *, at: Step) -> HttpResponse:
    wanted = filing_fields.wanted_of(procedure, draft.answers)
    names = names_of(at, wanted)
    drafts.keep(draft, {name: request.POST[name] for name in names if name in request.POST})
    if at is Step.PAPERS:
        problems = _take_papers(request, draft, procedure)
        if problems or "stay" in request.POST or "remove" in request.POST:
            return _stay(request, draft, procedure, at=at, problems=problems)
    if "back" in request.POST:
        return _to(draft, STEPS[max(STEPS.index(at) - 1, 0)])
    if at is Step.CHECK:
        return _send(request, draft, procedure)
    problems = _problems(draft, procedure)[at]
    if problems:
        return _show(request, draft, procedure, at=at, problems=problems)
    return _to(draft, step_after(at))


def _stay(
    request: HttpRequest, draft: Draft, procedure: DeskProcedure, *, at: Step, problems: list[Problem]
) -> HttpResponse:
    return _show(request, draft, procedure, at=at, problems=problems) if problems else _to(draft, at)


def _take_papers(request: HttpRequest, draft: Draft, procedure: DeskProcedure) -> list[Problem]:
    """Keep the files sent with the step; what is wrong with them."""
    if "remove" in request.POST:
        drafts.remove_file(draft, request.POST["remove"])
    sent = sent_files(request, "files")
    for paper in procedure.papers_for(draft.answers.get("case_kind", "")):
        sent += sent_files(request, f"papers.{paper.place}", place=paper.place)
    if not sent:
        return []
    consume(*((FILES_BY_ADDRESS, access.address_of(request)) for _file in sent))
    return list(drafts.add_files(draft, sent))


def _problems(draft: Draft, procedure: DeskProcedure) -> dict[Step, list[Problem]]:
    wanted = filing_fields.wanted_of(procedure, draft.answers)
    return problems_of(draft.answers, wanted, places=frozenset(each["place"] for each in draft.files))


def _send(request: HttpRequest, draft: Draft, procedure: DeskProcedure) -> HttpResponse:
    problems = [each for found in _problems(draft, procedure).values() for each in found]
    problems += _doubts(request, draft)
    if problems:
        return _show(request, draft, procedure, at=Step.CHECK, problems=problems)
    consume((SEND_BY_ADDRESS, access.address_of(request)))
    try:
        drafts.send(draft)
    except InputRefused as error:
        return _show(request, draft, procedure, at=Step.CHECK, problems=list(error.problems))
    return _sent(request, draft)


def _doubts(request: HttpRequest, draft: Draft) -> list[Problem]:
    """What a person would not do, and the assurance every applicant gives."""
    problems = []
    if request.POST.get("truth") != "1":
        message = msgid("Confirm that what you write is true.")
        problems.append(Problem(code="truth_missing", message=message, column="truth"))
    if request.POST.get(_TRAP) or clock().now() - draft.begun_at < _FASTEST:
        message = msgid("Please look everything over once more, then send it again.")
        problems.append(Problem(code="too_fast", message=message, column=_TRAP))
    return problems


def _sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page with code and secret, open for this browser, and soon only with the slip: machines are shared."""
    code = draft.filing_code
    if clock().now() - draft.changed_at > timedelta(seconds=access.OPEN_SECONDS):
        return access.private(redirect("portal:dossier", code))
    response = redirect(f"{reverse('portal:dossier', args=[code])}?sent=1")
    access.remember(request, response, code=code, proof=citizen_proof(code, filing_secret(code)))
    return access.private(response)


def _to(draft: Draft, step: Step) -> HttpResponse:
    return access.private(redirect("portal:draft", draft.key, step.value))


def _show(
    request: HttpRequest,
    draft: Draft,
    procedure: DeskProcedure,
    *,
    at: Step,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    context = _shown(draft, procedure, at, problems=problems or [])
    return access.private(render(request, "portal/draft.html", context, status=422 if problems else 200))


def _shown(draft: Draft, procedure: DeskProcedure, at: Step, *, problems: list[Problem]) -> dict[str, Any]:
    context: dict[str, Any] = {
        "draft": draft,
        "procedure": procedure,
        "step": at.value,
        "title": filing_fields.TITLES[at],
        "steps": _track(draft, at),
        "place": STEPS.index(at) + 1,
        "count": len(STEPS),
        "fields": filing_fields.fields_of(at, draft=draft, procedure=procedure, problems=problems),
        "problems": problems,
        "trap": _TRAP,
    }
    if at is Step.PAPERS:
        context["papers"] = filing_fields.papers_of(procedure, draft, problems)
    if at is Step.CHECK:
        context["summary"] = filing_fields.summary_of(draft, procedure)
        context["fee"] = procedure.fee_for(channel="online", case_kind=draft.answers.get("case_kind", ""))
    return context


def _track(draft: Draft, at: Step) -> list[dict[str, Any]]:
    place = STEPS.index(at)
    return [
        {
            "title": filing_fields.TITLES[each],
            "url": reverse("portal:draft", args=[draft.key, each.value]) if number < place else "",
            "is_current": number == place,
            "is_done": number < place,
        }
        for number, each in enumerate(STEPS)
    ]
