"""What other contexts may use of payments (phí, lệ phí)."""

from congtam.payments.actions.refunds import REFUNDED
from congtam.payments.actions.requests import (
    CANCELLED,
    RequestNotOpen,
    cancel,
    drop_request,
    hold_requests,
    request_fee,
)
from congtam.payments.actions.settle import SETTLED, pay_cash
from congtam.payments.actions.sources import TRY_GATEWAY, enter_bank_account, enter_gateway
from congtam.payments.queries import (
    FeeRequestView,
    NoBankAccount,
    fee_requests,
    payment_link,
    unsettled_twice,
    vietqr,
)
from congtam.payments.seals import altered_requests

__all__ = [
    "CANCELLED",
    "REFUNDED",
    "SETTLED",
    "TRY_GATEWAY",
    "FeeRequestView",
    "NoBankAccount",
    "RequestNotOpen",
    "altered_requests",
    "cancel",
    "drop_request",
    "enter_bank_account",
    "enter_gateway",
    "fee_requests",
    "hold_requests",
    "pay_cash",
    "payment_link",
    "request_fee",
    "unsettled_twice",
    "vietqr",
]
