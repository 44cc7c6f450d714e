"""Pages about one's own dossier: the page itself, letters, the result, supplementing, rating."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from congtam.dossiers.applicant.public import (
    CitizenDossier,
    IncomingFile,
    compute_citizen_proof,
    normalize_code,
)
from congtam.foundation.files import SANDBOXED_FILE, open_file
from congtam.foundation.web.addresses import client_address
from congtam.kernel.errors import InputRefused, NotFound, Problem
from congtam.org_units.public import unit_name
from congtam.portal.access.limits import PRINT_BY_ADDRESS, consume_tries
from congtam.portal.access.web import access
from congtam.portal.access.web import wording as words
from congtam.portal.access.web.busy import with_busy_page
from congtam.portal.lookup.web.dossier_view import dossier_context, filing_context
from congtam.portal.queries import is_rated
from congtam.portal.ratings.domain.questions import QUESTIONS
from congtam.portal.ratings.rate import NotYetReturned, rate
from congtam.reports.public import form_for_holder


@login_not_required
@require_safe
def dossier_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where a dossier or filing stands; without its slip shown, the way to show it."""
    opened = access.find_opened_dossier_or_filing(request, code)
    if opened is None:
        return access.mark_private(redirect(f"{reverse('portal:lookup')}?{urlencode({'code': code})}"))
    if isinstance(opened, CitizenDossier):
        if opened.code != normalize_code(code):
            return _redirect_to_dossier_code(request, opened)
        return access.mark_private(render(request, "portal/dossier.html", dossier_context(opened)))
    context = {**filing_context(opened), "is_new": request.GET.get("sent") == "1"}
    return access.mark_private(render(request, "portal/filing.html", context))


def _redirect_to_dossier_code(request: HttpRequest, dossier: CitizenDossier) -> HttpResponse:
    """A filing that was taken in is a dossier: whoever opened the one may open the other and all its pages."""
    response = redirect("portal:dossier", dossier.code)
    access.remember_slip(
        request, response, code=dossier.code, proof=compute_citizen_proof(dossier.code, dossier.secret)
    )
    return access.mark_private(response)


@login_not_required
@require_safe
def letter_page(request: HttpRequest, code: str, sequence: int) -> HttpResponse:
    """A letter to the applicant, to read and print."""
    dossier = access.get_opened_dossier(request, code)
    letter = next((each for each in dossier.letters if each.sequence == sequence), None)
    if letter is None:
        raise NotFound(kind="letter", key=str(sequence))
    context = {
        "dossier": dossier,
        "letter": letter,
        "title": words.LETTERS.get(letter.kind, letter.kind),
        "is_printed": letter.kind in words.PRINTED,
        "unit": unit_name(dossier.unit_code),
    }
    return access.mark_private(render(request, "portal/letter.html", context))


@login_not_required
@require_safe
@with_busy_page
def paper(request: HttpRequest, *, code: str, form: str, letter: int) -> HttpResponse:
    """The slip, a letter or the form filled in, to print; ``letter`` 0 is the slip. A filing has its form only."""
    opened = access.find_opened_dossier_or_filing(request, code)
    if opened is None or (form != "application" and not isinstance(opened, CitizenDossier)):
        raise NotFound(kind="dossier", key=code)
    consume_tries((PRINT_BY_ADDRESS, client_address(request)))
    printed = form_for_holder(opened.code, form, letter=letter or None)
    response = HttpResponse(printed.content, content_type=printed.media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{printed.name}"'
    response.headers["Content-Security-Policy"] = SANDBOXED_FILE
    return access.mark_private(response)


@login_not_required
@require_safe
def result_file(request: HttpRequest, code: str) -> FileResponse:
    """The result of a dossier that was returned online, for the holder of its slip."""
    dossier = access.get_opened_dossier(request, code)
    if not dossier.is_returned_online:
        raise NotFound(kind="file", key=code)
    response = FileResponse(
        open_file(str(dossier.result["digest"])),
        as_attachment=True,
        filename=str(dossier.result.get("name", "")) or f"{dossier.code}.pdf",
        content_type="application/octet-stream",
    )
    return access.mark_private(response)


def sent_files(request: HttpRequest, field: str, *, position: int | None = None) -> list[IncomingFile]:
    """The files of a form field; an empty choice is no file."""
    return [
        IncomingFile(
            content=cast("BinaryIO", each.file), name=each.name or "", position=position, column=field
        )
        for each in request.FILES.getlist(field)
        if isinstance(each, UploadedFile) and each.file is not None
    ]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate_page(request: HttpRequest, code: str) -> HttpResponse:
    """Say once how the dossier was handled."""
    dossier = access.get_opened_dossier(request, code)
    if request.method != "POST":
        if dossier.returned_at is None:
            raise NotYetReturned(dossier=dossier.code)
        return _rating_page(request, dossier)
    answers = {each.number: request.POST.get(f"q{each.number}", "") for each in QUESTIONS}
    overall, comment = request.POST.get("overall", ""), request.POST.get("comment", "")
    try:
        rate(dossier, overall=overall, answers=answers, comment=comment)
    except InputRefused as error:
        return _rating_page(request, dossier, problems=error.problems)
    return _rating_page(request, dossier)


def _rating_page(
    request: HttpRequest, dossier: CitizenDossier, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context = {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "questions": _question_rows(request),
        "overall": request.POST.get("overall", ""),
        "comment": request.POST.get("comment", ""),
        "is_rated": is_rated(dossier.code),
        "problems": problems,
    }
    return access.mark_private(render(request, "portal/rate.html", context, status=422 if problems else 200))


def _question_rows(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "text": gettext(each.text),
            "choices": [(points, gettext(text)) for points, text in each.scored_choices],
            "answer": request.POST.get(f"q{each.number}", ""),
        }
        for each in QUESTIONS
    ]
