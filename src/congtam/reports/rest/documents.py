"""The printed papers of a dossier over the API (phiếu, văn bản in): which there are, and each as PDF or .docx."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema

from congtam.api.responses import json_response
from congtam.dossiers.printing.public import PrintedLetter, printed_dossier
from congtam.foundation.public import actor_of
from congtam.reports.actions.forms import print_form
from congtam.reports.dossier_forms.documents import FOR_HOLDERS
from congtam.reports.dossier_forms.letters import BODIES
from congtam.reports.web.forms import file_response

router = Router(tags=["files"])


class DocumentOut(Schema):
    """A paper that can be printed; the addresses answer with the file."""

    form: str
    letter: int | None
    number: str
    issued_at: datetime | None
    pdf: str
    docx: str


class DocumentList(Schema):
    """The papers of a dossier that you may print."""

    items: list[DocumentOut]


class LetterQuery(Schema):
    """Which letter of a kind."""

    letter: int | None = None


@router.get("/{code}/documents", response=DocumentList)
def list_dossier_documents(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt, the control slip and every letter of a dossier, with the addresses of the files."""
    dossier = printed_dossier(code, to=actor_of(request))
    forms: list[tuple[str, PrintedLetter | None]] = [("control", None)]
    forms += [("receipt", None)] if dossier.is_of_desk else []
    forms += [(letter.kind, letter) for letter in dossier.letters if letter.kind in BODIES]
    shown = [each for each in forms if dossier.has_person or each[0] not in FOR_HOLDERS]
    return json_response(
        {"items": [_serialize_document(dossier.code, form, letter) for form, letter in shown]}
    )


@router.get("/{code}/documents/{form}.{extension}")
def read_document(
    request: HttpRequest,
    *,
    code: str,
    form: str,
    extension: Literal["pdf", "docx"],
    query: Annotated[LetterQuery, Query()],
) -> HttpResponse:
    """One paper as a file; of several letters of a kind the latest, unless one is named."""
    return file_response(print_form(code, form, extension, actor=actor_of(request), letter=query.letter))


def _serialize_document(code: str, form: str, letter: PrintedLetter | None) -> dict[str, Any]:
    query = f"?letter={letter.sequence}" if letter else ""
    urls = {kind: reverse("api:read_document", args=[code, form, kind]) + query for kind in ("pdf", "docx")}
    return {
        "form": form,
        "letter": letter.sequence if letter else None,
        "number": letter.number if letter else "",
        "issued_at": letter.issued_at if letter else None,
        **urls,
    }
