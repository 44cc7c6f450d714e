"""What other contexts may use of payments (phí, lệ phí)."""

from __future__ import annotations

from urllib.parse import urlencode

from congtam.payments.actions.reconcile import import_statement
from congtam.payments.actions.refunds import (
    REFUNDED,
    RefundRefused,
    ask_refund,
    do_refund,
    turn_down_refund,
)
from congtam.payments.actions.requests import (
    CANCELLED,
    RequestNotOpen,
    cancel,
    drop_request,
    hold_requests,
    request_fee,
)
from congtam.payments.actions.settle import SETTLED, Outcome, pay_cash, receive_callback
from congtam.payments.actions.sources import TRY_GATEWAY, enter_bank_account, enter_gateway
from congtam.payments.models import Gateway
from congtam.payments.queries import FeeRequestView, NoBankAccount, fee_requests, unsettled_twice, vietqr
from congtam.payments.seals import altered_requests

__all__ = [
    "CANCELLED",
    "REFUNDED",
    "SETTLED",
    "TRY_GATEWAY",
    "FeeRequestView",
    "NoBankAccount",
    "Outcome",
    "RefundRefused",
    "RequestNotOpen",
    "altered_requests",
    "ask_refund",
    "cancel",
    "do_refund",
    "drop_request",
    "enter_bank_account",
    "enter_gateway",
    "fee_requests",
    "hold_requests",
    "import_statement",
    "pay_cash",
    "payment_link",
    "receive_callback",
    "request_fee",
    "turn_down_refund",
    "unsettled_twice",
    "vietqr",
]


def payment_link(request_code: str) -> str:
    """Where a payer pays the request online (đường dẫn thanh toán); empty where there is no gateway."""
    gateway = Gateway.objects.filter(is_active=True).order_by("pk").first()
    if gateway is None:
        return ""
    joined = "&" if "?" in gateway.address else "?"
    return f"{gateway.address}{joined}{urlencode({'request': request_code})}"
