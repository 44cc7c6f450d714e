"""The answer of the API to a received application (trả lời khi tiếp nhận)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.urls import reverse

from congtam.api.responses import json_response
from congtam.dossiers.models import Dossier


def received_answer(dossier: Dossier) -> HttpResponse:
    """The answer to a receipt; a filing that was accepted is answered alike."""
    body = {
        name: getattr(dossier, name)
        for name in ("code", "state", "received_at", "due_at", "limit_text", "fee_dong")
    }
    body |= {"version": dossier.desk.version, "lookup_secret": dossier.desk.lookup_secret}
    address = reverse("api:read_dossier", args=[dossier.code])
    return json_response(body, status=HTTPStatus.CREATED, version=body["version"], location=address)
