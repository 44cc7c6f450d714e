"""Sending in what the office asked for (bổ sung hồ sơ trực tuyến): papers, and the form as it should read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from congtam.dossiers.applicant.public import (
    CitizenDossier,
    FormToCorrect,
    IncomingFile,
    citizen_form_to_correct,
)
from congtam.forms.public import answers_of_page, form_sections
from congtam.foundation.web.addresses import client_address
from congtam.kernel.errors import InputRefused, Problem
from congtam.portal.access.limits import FILES_BY_ADDRESS, consume_tries
from congtam.portal.access.web import access
from congtam.portal.access.web.busy import with_busy_page
from congtam.portal.lookup.web.dossier_page import sent_files
from congtam.portal.models import OfferState
from congtam.portal.queries import offers_of
from congtam.portal.supplements.offers import NoSupplementRequested, send_supplement


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_busy_page
def supplement_page(request: HttpRequest, code: str) -> HttpResponse:
    """Send in the papers the office asked for, and correct what was filled in."""
    dossier = access.get_opened_dossier(request, code)
    if dossier.supplement is None:
        raise NoSupplementRequested(dossier=dossier.code)
    sent = offers_of(dossier.code)
    context: dict[str, Any] = {
        "code": dossier.code,
        "letter": dossier.supplement,
        "waiting": bool(sent and sent[0].state == OfferState.WAITING),
        "note": request.POST.get("note", ""),
        "files_again": bool(request.FILES),
    }
    begun = sent[0].form.get("form") if sent else None
    form = citizen_form_to_correct(dossier.code, begun=begun)
    if request.method == "POST":
        return _take_supplement(request, dossier, form=form, context=context)
    return _render_page(
        request, context | _form_panel(form, form.answers if form else {}, is_open=bool(begun))
    )


def _take_supplement(
    request: HttpRequest, dossier: CitizenDossier, *, form: FormToCorrect | None, context: dict[str, Any]
) -> HttpResponse:
    """Take what was sent, or show again what was typed with everything wrong in it."""
    answers, changed_row = _posted_form(request, form) if form else (None, "")
    if answers and changed_row:
        return _render_page(request, context | _form_panel(form, answers, is_open=True))
    try:
        send_supplement(dossier, _take_rate_limited_files(request), note=context["note"], form=answers)
    except InputRefused as error:
        context |= _form_panel(form, answers or {}, problems=error.problems)
        return _render_page(request, context | {"problems": error.problems}, status=422)
    return access.mark_private(redirect("portal:dossier", dossier.code))


def _render_page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return access.mark_private(render(request, "portal/supplement.html", context, status=status))


def _form_panel(
    form: FormToCorrect | None,
    answers: Mapping[str, Any],
    *,
    problems: Sequence[Problem] = (),
    is_open: bool = False,
) -> dict[str, Any]:
    """The form with its answers; it stands open once something is wrong in it."""
    if form is None:
        return {}
    wrong = [each for each in problems if (each.column or "").startswith("form.")]
    sections = form_sections(form.fields, answers, problems=wrong)
    return {"sections": sections, "form_is_open": is_open or bool(wrong)}


def _posted_form(request: HttpRequest, form: FormToCorrect) -> tuple[dict[str, Any], str]:
    """The whole form as it was sent, and where the page only asked for a row more or less."""
    answers, changed_row = answers_of_page(form.fields, request.POST)
    return {**form.answers, **answers}, changed_row


def _take_rate_limited_files(request: HttpRequest) -> list[IncomingFile]:
    """The papers that were sent, each a try."""
    sent = sent_files(request, "files")
    consume_tries(*((FILES_BY_ADDRESS, client_address(request)) for _file in sent))
    return sent
