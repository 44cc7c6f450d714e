"""The slip after receiving (phiếu tiếp nhận): number, due date, secret, what to print next."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.fees.web.fee_lines import fee_line
from congtam.dossiers.handling.machine import can_see
from congtam.dossiers.handling.web.counter import buttons
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import get_received, require_may_receive
from congtam.dossiers.record.labels import STATES
from congtam.dossiers.slots import PRINTED_FORM, PUBLIC_LOOKUP
from congtam.foundation.public import Actor, actor_of
from congtam.org_units.public import unit_name
from congtam.payments.public import fee_requests


@require_GET
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The slip of a dossier, for the clerks of the desk that received or handles it."""
    actor = actor_of(request)
    require_may_receive(actor)
    dossier = get_received(code, to=actor)
    return render(request, "dossiers/desk/slip.html", _slip_context(dossier, request, actor=actor))


def _slip_context(dossier: Dossier, request: HttpRequest, *, actor: Actor) -> dict[str, Any]:
    address = lookup_url(dossier.code, dossier.desk.lookup_secret, request=request)
    is_visible = can_see(actor, dossier)
    return {
        "dossier": dossier,
        "secret": dossier.desk.lookup_secret,
        "unit": unit_name(dossier.unit_code, dossier.received_at),
        "due": moment(dossier.due_at, dossier.time_zone) if dossier.due_at else "",
        "received": moment(dossier.received_at, dossier.time_zone),
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2),
        "fees": [fee_line(fee) for fee in fee_requests([dossier.code], to=actor)],
        "is_visible": is_visible,
        "state": STATES[dossier.state],
        "verbs": [] if is_visible else list(buttons(dossier, actor=actor)),
        "receipt_pdf": PRINTED_FORM.url(dossier.code, "receipt", "pdf"),
        "receipt_docx": PRINTED_FORM.url(dossier.code, "receipt", "docx"),
    }


def lookup_url(code: str, secret: str, *, request: HttpRequest) -> str:
    """The address in the QR code; the public pages exchange the secret in it for a session at once."""
    path = PUBLIC_LOOKUP.url(code) or reverse("dossiers:detail", args=[code])
    address = f"{path}?{urlencode({'k': secret})}"
    return (
        f"{settings.CONGTAM_SITE_URL}{address}"
        if settings.CONGTAM_SITE_URL
        else request.build_absolute_uri(address)
    )
