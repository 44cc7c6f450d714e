"""A gateway's message that somebody paid (thông báo thanh toán)."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction

from congtam.foundation.public import real_clock, system_actor
from congtam.gateways.domain.signing import check_signature
from congtam.gateways.models import Callback, Gateway
from congtam.gateways.notices import CallbackMalformed, read_notice
from congtam.kernel.errors import NotFound
from congtam.payments.public import SettlementOutcome, settle


def receive_callback(
    gateway_name: str, *, sent_at: str, received_signature: str, body: bytes
) -> SettlementOutcome:
    """A gateway says that somebody paid (thông báo thanh toán); the same message may come any number of times.

    Raises NotFound for a gateway we do not know, CallbackRefused for a wrong signature, CallbackMalformed otherwise.
    """
    gateway = Gateway.objects.filter(name=gateway_name, is_active=True).first()
    if gateway is None:
        raise NotFound(kind="payment gateway", key=gateway_name)
    check_signature(
        gateway.secret,
        sent_at=sent_at,
        body=body,
        received_signature=received_signature,
        now=real_clock().now(),
    )
    callback = Callback(gateway=gateway.name, digest=sha256(body).hexdigest(), received_at=real_clock().now())
    try:
        notice = read_notice(body)
    except CallbackMalformed:
        callback.outcome = "malformed"
        callback.save()
        raise
    callback.reference, callback.request_code = notice.reference, notice.request_code
    with transaction.atomic():
        outcome = settle(notice, gateway=gateway.name, actor=system_actor(f"gateway-{gateway.name}"))
        callback.outcome = outcome.value
        callback.save()
    return outcome
