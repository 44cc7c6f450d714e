"""Dossiers over the API: list, receive, read (danh sách, tiếp nhận, tra cứu)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from congtam.api.answers import read_answer
from congtam.api.idempotency import once
from congtam.dossiers.detail.rest.detail import DossierOut, detail_of
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.intake.rest.answers import received_answer
from congtam.dossiers.intake.rest.receipts import ReceiptIn, ReceivedOut
from congtam.dossiers.lists.rest.listing import Asked, answer_list
from congtam.dossiers.lists.rest.rows import DossierList
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import actor_of

router = Router(tags=["dossiers"])


@router.get("", response=DossierList)
def list_dossiers(request: HttpRequest, asked: Annotated[Asked, Query()]) -> HttpResponse:
    """The dossiers you may see, latest first or as sorted, a page at a time."""
    return answer_list(request, asked)


@router.post("", response={201: ReceivedOut})
@once
def receive_dossier(request: HttpRequest, body: ReceiptIn) -> HttpResponse:
    """Receive an application: it gets its number and due date, or comes back with everything that is wrong."""
    actor = actor_of(request)
    return received_answer(receive(body.told(actor=actor), actor=actor))


@router.get("/{code}", response=DossierOut)
def read_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier with steps, clock ledger, letters, files and fees."""
    actor = actor_of(request)
    dossier = get_visible(code, to=actor)
    return read_answer(request, detail_of(dossier, to=actor), version=version_of(dossier))


def version_of(dossier: Dossier) -> object:
    """What the ETag begins with: the version of the desk's record, else the digest of the row."""
    desk = getattr(dossier, "desk", None)
    return desk.version if desk else dossier.row_digest[:16]
