"""Dossiers over the API: list, receive, read (danh sách, tiếp nhận, tra cứu)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from congtam.api.idempotency import idempotent
from congtam.api.responses import conditional_response
from congtam.dossiers.detail.rest.detail import DossierOut, serialize_dossier
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.intake.rest.answers import received_answer
from congtam.dossiers.intake.rest.receipts import ReceiptIn, ReceivedOut
from congtam.dossiers.lists.rest.listing import DossierListQuery, answer_list
from congtam.dossiers.lists.rest.rows import DossierList
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import actor_of

router = Router(tags=["dossiers"])


@router.get("", response=DossierList)
def list_dossiers(request: HttpRequest, filters: Annotated[DossierListQuery, Query()]) -> HttpResponse:
    """The dossiers you may see, latest first or as sorted, a page at a time."""
    return answer_list(request, filters)


@router.post("", response={201: ReceivedOut})
@idempotent
def receive_dossier(request: HttpRequest, body: ReceiptIn) -> HttpResponse:
    """Receive an application: it gets its number and due date, or comes back with everything that is wrong."""
    actor = actor_of(request)
    return received_answer(receive(body.to_receipt(actor=actor), actor=actor))


@router.get("/{code}", response=DossierOut)
def read_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier with steps, clock ledger, letters, files and fees."""
    actor = actor_of(request)
    dossier = get_visible(code, to=actor)
    return conditional_response(request, serialize_dossier(dossier, to=actor), version=etag_version(dossier))


def etag_version(dossier: Dossier) -> object:
    """What the ETag begins with: the version of the desk's record, else the digest of the row."""
    desk = getattr(dossier, "desk", None)
    return desk.version if desk else (dossier.row_digest[-8:] + dossier.person_digest[:8])
