"""Forms of dossiers to print (in mẫu): PDF opens beside the page, .docx is downloaded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from congtam.foundation.files import SANDBOXED_FILE
from congtam.foundation.public import actor_of
from congtam.kernel.input.numbers import digits_or_none
from congtam.reports.actions import forms
from congtam.reports.actions.forms import PrintedFile


@require_GET
def dossier_form(request: HttpRequest, *, code: str, form: str, extension: str) -> HttpResponse:
    """One form of one dossier; ``?letter=`` names one of several letters of a kind."""
    letter = request.GET.get("letter", "")
    printed = forms.print_form(
        code,
        form,
        extension,
        actor=actor_of(request),
        letter=digits_or_none(letter, most=99_999),
    )
    return file_response(printed)


@require_GET
def slip(request: HttpRequest, *, form: str, extension: str) -> HttpResponse:
    """A hand-over slip of the dossiers named by ``?code=``, in their order."""
    codes = list(dict.fromkeys(request.GET.getlist("code")))
    return file_response(forms.print_slip(codes, form, extension, actor=actor_of(request)))


def file_response(printed: PrintedFile) -> HttpResponse:
    """The file as an answer; papers with persons in them are not kept by caches."""
    response = HttpResponse(printed.content, content_type=printed.media_type)
    header = content_disposition_header(not printed.name.endswith(".pdf"), printed.name)
    response["Content-Disposition"] = header or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOXED_FILE
    return response
