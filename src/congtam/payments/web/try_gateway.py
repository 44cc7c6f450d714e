"""A gateway to try payments with (cổng thanh toán thử nghiệm); only where all data are made up."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import clock, installation_notes
from congtam.payments.actions.settle import Outcome, receive_callback
from congtam.payments.actions.sources import TRY_GATEWAY
from congtam.payments.domain.signing import signature
from congtam.payments.labels import STATES
from congtam.payments.models import FeeRequest, Gateway, RequestState
from congtam.ui.public import dong


@login_not_required
@require_http_methods(["GET", "POST"])
def try_gateway(request: HttpRequest) -> HttpResponse:
    """What a bank would show to a payer; paying sends the same signed message a real gateway sends."""
    gateway, asked = _asked(request.GET.get("request", ""))
    told = ""
    if request.method == "POST":
        is_first = _pay(asked, gateway) is Outcome.SETTLED
        told = gettext("Paid. The office has been told.") if is_first else gettext("Already paid.")
        asked.refresh_from_db()
    return render(request, "payments/try_gateway.html", {**_context(asked), "told": told})


def _asked(code: str) -> tuple[Gateway, FeeRequest]:
    gateway = Gateway.objects.filter(name=TRY_GATEWAY, is_active=True).first()
    asked = FeeRequest.objects.filter(code=code).first()
    if gateway is None or asked is None or not installation_notes().get("synthetic"):
        raise Http404
    return gateway, asked


def _context(asked: FeeRequest) -> dict[str, Any]:
    return {
        "code": asked.code,
        "amount": dong(asked.amount_dong),
        "reason": asked.reason,
        "state": STATES[asked.state],
        "is_open": asked.state == RequestState.OPEN,
    }


def _pay(asked: FeeRequest, gateway: Gateway) -> Outcome:
    now = clock().now()
    notice = {
        "reference": f"THU-{secrets.token_hex(6)}",
        "request": asked.code,
        "amount": asked.amount_dong,
        "paid_at": now.isoformat(),
    }
    body, sent_at = json.dumps(notice).encode(), str(int(now.timestamp()))
    signed = signature(gateway.secret, sent_at=sent_at, body=body)
    return receive_callback(gateway.name, sent_at=sent_at, given=signed, body=body)
