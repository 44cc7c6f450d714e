"""Filing online (nộp hồ sơ trực tuyến): a guided form whose every page is kept at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congtam.dossiers.applicant.public import Handed, citizen_proof, filing_secret, handed_in_vain
from congtam.forms.public import answers_of_page
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.portal.access.limits import DRAFT_BY_ADDRESS, FILES_BY_ADDRESS, SEND_BY_ADDRESS, consume
from congtam.portal.access.web import access
from congtam.portal.access.web.busy import patient
from congtam.portal.access.web.offices import office_codes
from congtam.portal.filing import drafts
from congtam.portal.filing.domain.application import NAMES, Step
from congtam.portal.filing.domain.positions import Position, neighbour, position_of
from congtam.portal.filing.web import content_step
from congtam.portal.filing.web.draft_page import TRAP, page_context
from congtam.portal.filing.web.writing import Writing
from congtam.portal.lookup.web.dossier_page import sent_files
from congtam.portal.models import Draft
from congtam.portal.queries import get_draft
from congtam.procedures.public import DeskProcedure, desk_procedure

_FASTEST: Final = timedelta(seconds=5)
"""Nobody fills in six pages in less; a program does."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@patient
def file_page(request: HttpRequest, code: str) -> HttpResponse:
    """What is needed, then the beginning of an application."""
    procedure = _procedure(code)
    has_office = bool(office_codes(procedure.levels))
    if request.method != "POST" or not has_office:
        context = {
            "procedure": procedure,
            "has_form": bool(procedure.form_fields),
            "has_office": has_office,
        }
        return render(request, "portal/file.html", context)
    consume((DRAFT_BY_ADDRESS, access.address_of(request)))
    browser = access.browser_of(request) or access.new_browser_key()
    again = _turned_down(request, procedure)
    asked = content_step.asked_of(procedure)
    draft = drafts.begin(procedure.code, browser=browser, asked=asked, again=again)
    response = _to(draft, Position(Step.PLACE))
    access.give_browser_key(response, browser)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@patient
def draft_page(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One page of an application; what is typed is kept before it is looked at."""
    draft = get_draft(key, browser=access.browser_of(request))
    if draft.filing_code:
        return _sent(request, draft)
    writing = Writing(draft, _procedure(draft.procedure_code))
    at = position_of(step, page_count=len(writing.form.pages))
    if at is None:
        raise NotFound(kind="step", key=step)
    if request.method != "POST":
        return _show(request, writing, at)
    takers = {Step.CONTENT: _take_content, Step.PAPERS: _take_papers, Step.CHECK: _take_check}
    return takers.get(at.step, _take_fields)(request, writing, at)


def _turned_down(request: HttpRequest, procedure: DeskProcedure) -> Handed | None:
    """What this browser has open that was turned down, to be mended and sent again."""
    found = access.opened(request, request.POST.get("again", ""))
    handed = handed_in_vain(found.code) if found else None
    return handed if handed and handed.procedure_code == procedure.code else None


def _procedure(code: str) -> DeskProcedure:
    """The procedure in force today, if it can be filed online."""
    found = desk_procedure(code, today(clock()))
    if found is None or "online" not in found.channels:
        raise NotFound(kind="procedure", key=code)
    return found


def _take_fields(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """A page of fields that every application has."""
    new = {name: request.POST[name] for name in NAMES[at.step] if name in request.POST}
    if at.step is Step.PERSON:
        new |= content_step.followed(writing.procedure, writing.draft.answers, new)
    if not drafts.keep(writing.draft, new):
        return _too_much(request, writing, at)
    return _on(request, writing, at)


def _take_content(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """A page of the procedure's own form: rows come and go, and an answer may ask for more on the same page."""
    fields = writing.form.on_page(at.page)
    answers, changed_row = answers_of_page(fields, request.POST)
    if not drafts.keep(
        writing.draft, {f"{content_step.PREFIX}{name}": value for name, value in answers.items()}
    ):
        return _too_much(request, writing, at)
    writing = writing.anew()
    if changed_row:
        return _to(writing.draft, at, anchor=changed_row)
    new = content_step.appeared(writing.form.sections(at.page), request.POST)
    if new and "back" not in request.POST:
        unseen = {entry.name for entry in new}
        problems = [each for each in writing.problems_at(at) if each.column not in unseen]
        return _show(request, writing, at, problems=problems, appeared=[entry.label for entry in new])
    return _on(request, writing, at)


def _take_papers(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """Keep the files sent with the page."""
    problems = _keep_files(request, writing)
    if problems:
        return _show(request, writing, at, problems=problems)
    if "stay" in request.POST or "remove" in request.POST:
        return _to(writing.draft, at)
    return _on(request, writing, at)


def _keep_files(request: HttpRequest, writing: Writing) -> list[Problem]:
    if "remove" in request.POST:
        drafts.remove_file(writing.draft, request.POST["remove"])
    sent = sent_files(request, "files")
    for paper in writing.papers:
        sent += sent_files(request, f"papers.{paper.place}", place=paper.place)
    if not sent:
        return []
    consume(*((FILES_BY_ADDRESS, access.address_of(request)) for _file in sent))
    return list(drafts.add_files(writing.draft, sent))


def _on(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """Back, or on to the next page when nothing is wrong with this one."""
    if "back" in request.POST:
        return _to(writing.draft, neighbour(writing.way, at, -1))
    writing = writing.anew()
    problems = writing.problems_at(at)
    if problems:
        return _show(request, writing, at, problems=problems)
    return _to(writing.draft, neighbour(writing.way, at, 1))


def _too_much(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """It was not kept: because it was sent from another window meanwhile, or is too much."""
    writing.draft.refresh_from_db(fields=["filing_code", "changed_at"])
    if writing.draft.filing_code:
        return _sent(request, writing.draft)
    message = msgid("This is more than an application can hold. Shorten it, or send it as a file.")
    return _show(request, writing, at, problems=[Problem(code="too_much_typed", message=message)])


def _take_check(request: HttpRequest, writing: Writing, at: Position) -> HttpResponse:
    """Send it, unless something is wrong, or the form asks something else than the page showed."""
    if "back" in request.POST:
        return _to(writing.draft, neighbour(writing.way, at, -1))
    problems = [*writing.problems(), *_doubts(request, writing)]
    if problems:
        return _show(request, writing, at, problems=problems)
    consume((SEND_BY_ADDRESS, access.address_of(request)))
    try:
        drafts.send(writing.draft, form_names=[field.name for field in writing.form.fields])
    except InputRefused as error:
        return _show(request, writing, at, problems=list(error.problems))
    return _sent(request, writing.draft)


def _doubts(request: HttpRequest, writing: Writing) -> list[Problem]:
    """What a person would not do, the assurance every applicant gives, and a form that was changed meanwhile."""
    problems = []
    seen = request.POST.get("asked") or writing.draft.asked.get("digest", "")
    if seen and seen != writing.asked_digest:
        message = msgid(
            "The form was changed while you were writing. Look everything over once more, then send it."
        )
        problems.append(Problem(code="form_changed", message=message))
    if request.POST.get("truth") != "1":
        message = msgid("Confirm that what you write is true.")
        problems.append(Problem(code="truth_missing", message=message, column="truth"))
    if request.POST.get(TRAP) or clock().now() - writing.draft.begun_at < _FASTEST:
        message = msgid("Please look everything over once more, then send it again.")
        problems.append(Problem(code="too_fast", message=message, column=TRAP))
    return problems


def _sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page with code and secret, open for this browser, and soon only with the slip: machines are shared."""
    code = draft.filing_code
    if clock().now() - draft.changed_at > timedelta(seconds=access.OPEN_SECONDS):
        return access.private(redirect("portal:dossier", code))
    response = redirect(f"{reverse('portal:dossier', args=[code])}?sent=1")
    access.remember(request, response, code=code, proof=citizen_proof(code, filing_secret(code)))
    return access.private(response)


def _to(draft: Draft, at: Position, *, anchor: str = "") -> HttpResponse:
    address = reverse("portal:draft", args=[draft.key, at.slug])
    return access.private(redirect(f"{address}#{quote(anchor)}" if anchor else address))


def _show(
    request: HttpRequest,
    writing: Writing,
    at: Position,
    *,
    problems: list[Problem] | None = None,
    appeared: list[str] | None = None,
) -> HttpResponse:
    context = page_context(writing, at, problems=problems or [])
    context["appeared"] = appeared
    return access.private(render(request, "portal/draft.html", context, status=422 if problems else 200))
