"""A gateway to try payments with (cổng thanh toán thử nghiệm); only where all data are made up."""

from __future__ import annotations

import json
import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import clock, installation_notes, real_clock
from congtam.gateways.actions.callbacks import receive_callback
from congtam.gateways.actions.enter_gateway import TRY_GATEWAY
from congtam.gateways.domain.signing import signature
from congtam.gateways.models import Gateway
from congtam.payments.public import PayableRequest, SettlementOutcome, find_payable_request
from congtam.ui.public import dong


@login_not_required
@require_http_methods(["GET", "POST"])
def try_gateway(request: HttpRequest) -> HttpResponse:
    """What a bank would show to a payer; paying sends the same signed message a real gateway sends."""
    code = request.GET.get("request", "")
    gateway, payable = _find_payable(code)
    message = ""
    if request.method == "POST":
        is_first = _send_callback(payable, gateway) is SettlementOutcome.SETTLED
        message = gettext("Paid. The office has been notified.") if is_first else gettext("Already paid.")
        _, payable = _find_payable(code)
    context = {"fee_request": payable, "amount": dong(payable.amount_dong), "message": message}
    return render(request, "gateways/try_gateway.html", context)


def _find_payable(code: str) -> tuple[Gateway, PayableRequest]:
    gateway = Gateway.objects.filter(name=TRY_GATEWAY, is_active=True).first()
    payable = find_payable_request(code)
    if gateway is None or payable is None or not installation_notes().get("synthetic"):
        raise Http404
    return gateway, payable


def _send_callback(payable: PayableRequest, gateway: Gateway) -> SettlementOutcome:
    notice = {
        "reference": f"THU-{secrets.token_hex(6)}",
        "request": payable.code,
        "amount": payable.amount_dong,
        "paid_at": clock().now().isoformat(),
    }
    body, sent_at = json.dumps(notice).encode(), str(int(real_clock().now().timestamp()))
    signed = signature(gateway.secret, sent_at=sent_at, body=body)
    return receive_callback(gateway.name, sent_at=sent_at, received_signature=signed, body=body)
