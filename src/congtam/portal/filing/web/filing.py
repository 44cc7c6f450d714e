"""Filing online (nộp hồ sơ trực tuyến): a guided form whose every page is kept at once."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congtam.dossiers.applicant.public import (
    DeclinedFiling,
    compute_citizen_proof,
    filing_secret,
    find_declined_filing,
)
from congtam.forms.public import answers_of_page
from congtam.foundation.public import clock, real_clock
from congtam.foundation.web.addresses import client_address
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.portal.access.limits import DRAFT_BY_ADDRESS, FILES_BY_ADDRESS, SEND_BY_ADDRESS, consume_tries
from congtam.portal.access.web import access
from congtam.portal.access.web.busy import with_busy_page
from congtam.portal.access.web.offices import office_codes
from congtam.portal.filing import drafts
from congtam.portal.filing.domain.application import NAMES, FilingStep
from congtam.portal.filing.domain.positions import FilingPosition, parse_position, position_at_offset
from congtam.portal.filing.web import content_step
from congtam.portal.filing.web.draft_application import DraftApplication
from congtam.portal.filing.web.draft_page import page_context
from congtam.portal.filing.web.second_look import human_check_token, needs_human_check
from congtam.portal.lookup.web.dossier_page import sent_files
from congtam.portal.models import Draft
from congtam.portal.queries import get_draft
from congtam.procedures.public import DeskProcedure, desk_procedure


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_busy_page
def file_page(request: HttpRequest, code: str) -> HttpResponse:
    """What is needed, then the beginning of an application."""
    procedure = _online_procedure(code)
    has_office = bool(office_codes(procedure.levels))
    if request.method != "POST" or not has_office:
        context = {
            "procedure": procedure,
            "has_form": bool(procedure.form_fields),
            "has_office": has_office,
        }
        return render(request, "portal/file.html", context)
    consume_tries((DRAFT_BY_ADDRESS, client_address(request)))
    browser = access.read_browser_key(request) or access.new_browser_key()
    earlier = _find_earlier_declined_filing(request, procedure)
    snapshot = content_step.form_snapshot(procedure)
    draft = drafts.begin_draft(procedure.code, browser=browser, form_snapshot=snapshot, earlier=earlier)
    response = _redirect_to(draft, FilingPosition(FilingStep.OFFICE))
    access.give_browser_key(response, browser)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_busy_page
def draft_page(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One page of an application; what is typed is kept before it is looked at."""
    draft = get_draft(key, browser=access.read_browser_key(request))
    if draft.filing_code:
        return _redirect_to_submitted_filing(request, draft)
    application = DraftApplication(draft, _online_procedure(draft.procedure_code))
    position = parse_position(step, page_count=len(application.form.pages))
    if position is None:
        raise NotFound(kind="step", key=step)
    if request.method != "POST":
        return _show_page(request, application, position)
    takers = {
        FilingStep.CONTENT: _handle_content_post,
        FilingStep.PAPERS: _handle_papers_post,
        FilingStep.CHECK: _handle_submission_post,
    }
    return takers.get(position.step, _handle_fields_post)(request, application, position)


def _find_earlier_declined_filing(request: HttpRequest, procedure: DeskProcedure) -> DeclinedFiling | None:
    """What this browser has open that was turned down, to be mended and sent again."""
    opened = access.find_opened_dossier_or_filing(request, request.POST.get("earlier", ""))
    handed = find_declined_filing(opened.code) if opened else None
    return handed if handed and handed.procedure_code == procedure.code else None


def _online_procedure(code: str) -> DeskProcedure:
    """The procedure in force today, if it can be filed online."""
    procedure = desk_procedure(code, today(clock()))
    if procedure is None or "online" not in procedure.channels:
        raise NotFound(kind="procedure", key=code)
    return procedure


def _handle_fields_post(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """A page of fields that every application has."""
    new = {name: request.POST[name] for name in NAMES[position.step] if name in request.POST}
    if position.step is FilingStep.PERSON:
        new |= content_step.changed_prefilled_answers(application.procedure, application.draft.answers, new)
    if not drafts.save_answers(application.draft, new):
        return _answers_not_saved_response(request, application, position)
    return _redirect_after_step(request, application, position)


def _handle_content_post(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """A page of the procedure's own form: rows come and go, and an answer may ask for more on the same page."""
    fields = application.form.on_page(position.page)
    answers, changed_row = answers_of_page(fields, request.POST)
    new_answers = {f"{content_step.PREFIX}{name}": value for name, value in answers.items()}
    if not drafts.save_answers(application.draft, new_answers):
        return _answers_not_saved_response(request, application, position)
    application = application.reload()
    if changed_row:
        return _redirect_to(application.draft, position, anchor=changed_row)
    new = content_step.newly_shown(application.form.sections(position.page), request.POST)
    if new and "back" not in request.POST:
        unseen = {entry.name for entry in new}
        problems = [each for each in application.problems_at(position) if each.column not in unseen]
        labels = [entry.label for entry in new]
        return _show_page(request, application, position, problems=problems, newly_shown=labels)
    return _redirect_after_step(request, application, position)


def _handle_papers_post(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """Keep the files sent with the page."""
    problems = _update_draft_files(request, application)
    if problems:
        return _show_page(request, application, position, problems=problems)
    if "stay" in request.POST or "remove" in request.POST:
        return _redirect_to(application.draft, position)
    return _redirect_after_step(request, application, position)


def _update_draft_files(request: HttpRequest, application: DraftApplication) -> list[Problem]:
    if "remove" in request.POST:
        drafts.remove_file(application.draft, request.POST["remove"])
    sent = sent_files(request, "files")
    for paper in application.papers:
        sent += sent_files(request, f"papers.{paper.position}", position=paper.position)
    if not sent:
        return []
    consume_tries(*((FILES_BY_ADDRESS, client_address(request)) for _file in sent))
    return list(drafts.add_files(application.draft, sent))


def _redirect_after_step(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """Back, or on to the next page when nothing is wrong with this one."""
    if "back" in request.POST:
        return _redirect_to(application.draft, position_at_offset(application.route, position, -1))
    application = application.reload()
    problems = application.problems_at(position)
    if problems:
        return _show_page(request, application, position, problems=problems)
    return _redirect_to(application.draft, position_at_offset(application.route, position, 1))


def _answers_not_saved_response(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """It was not kept: because it was sent from another window meanwhile, or is too much."""
    application.draft.refresh_from_db(fields=["filing_code", "changed_at"])
    if application.draft.filing_code:
        return _redirect_to_submitted_filing(request, application.draft)
    message = msgid("This is too long. Shorten it or send it as a file.")
    return _show_page(
        request, application, position, problems=[Problem(code="application_too_large", message=message)]
    )


def _handle_submission_post(
    request: HttpRequest, application: DraftApplication, position: FilingPosition
) -> HttpResponse:
    """Send it, unless something is wrong, or the form asks something else than the page showed."""
    if "back" in request.POST:
        return _redirect_to(application.draft, position_at_offset(application.route, position, -1))
    problems = [*application.problems(), *_assurance_problems(request, application)]
    if problems:
        return _show_page(request, application, position, problems=problems)
    if needs_human_check(application.draft, request.POST):
        return _show_page(request, application, position, second_look=human_check_token(application.draft))
    consume_tries((SEND_BY_ADDRESS, client_address(request)))
    try:
        drafts.submit_draft(application.draft, form_names=[field.name for field in application.form.fields])
    except InputRefused as error:
        return _show_page(request, application, position, problems=list(error.problems))
    return _redirect_to_submitted_filing(request, application.draft)


def _assurance_problems(request: HttpRequest, application: DraftApplication) -> list[Problem]:
    """The assurance every applicant gives, and a form that was changed meanwhile."""
    problems = []
    shown_digest = request.POST.get("form_digest") or application.draft.form_snapshot.get("digest", "")
    if shown_digest and shown_digest != application.form_digest:
        message = msgid(
            "The form was changed while you were filling it in. Check everything once more, then send it."
        )
        problems.append(Problem(code="form_changed", message=message))
    if request.POST.get("truth") != "1":
        message = msgid("Confirm that the information you entered is true.")
        problems.append(Problem(code="truth_missing", message=message, column="truth"))
    return problems


def _redirect_to_submitted_filing(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page with code and secret, open for this browser, and soon only with the slip: machines are shared."""
    code = draft.filing_code
    if real_clock().now() - draft.changed_at > timedelta(seconds=access.OPEN_SECONDS):
        return access.mark_private(redirect("portal:dossier", code))
    response = redirect(f"{reverse('portal:dossier', args=[code])}?sent=1")
    access.remember_slip(request, response, code=code, proof=compute_citizen_proof(code, filing_secret(code)))
    return access.mark_private(response)


def _redirect_to(draft: Draft, position: FilingPosition, *, anchor: str = "") -> HttpResponse:
    address = reverse("portal:draft", args=[draft.key, position.slug])
    return access.mark_private(redirect(f"{address}#{quote(anchor)}" if anchor else address))


def _show_page(
    request: HttpRequest,
    application: DraftApplication,
    position: FilingPosition,
    *,
    problems: list[Problem] | None = None,
    newly_shown: list[str] | None = None,
    second_look: str = "",
) -> HttpResponse:
    context = page_context(application, position, problems=problems or [])
    context |= {"newly_shown": newly_shown, "second_look": second_look}
    return access.mark_private(render(request, "portal/draft.html", context, status=422 if problems else 200))
