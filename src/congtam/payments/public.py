"""What other contexts may use of payments (phí, lệ phí)."""

from congtam.payments.actions.bank_accounts import enter_bank_account
from congtam.payments.actions.refunds import REFUNDED
from congtam.payments.actions.requests import (
    CANCELLED,
    RequestNotOpen,
    cancel,
    cancel_unchecked,
    lock_requests,
    request_fee,
)
from congtam.payments.actions.settle import SETTLED, SettlementOutcome, pay_cash, settle
from congtam.payments.domain.notices import PaymentNotice
from congtam.payments.online import (
    PayableRequest,
    find_payable_request,
    has_online_payments_before,
    online_payment,
    online_payment_counts,
    online_payments,
    unit_of_request,
)
from congtam.payments.queries import (
    FeeRequestView,
    NoBankAccount,
    contradictory_requests,
    fee_requests,
    vietqr,
)
from congtam.payments.seals import altered_requests
from congtam.payments.slots import LIST_LINKS, ONLINE_PAYMENT

__all__ = [
    "CANCELLED",
    "LIST_LINKS",
    "ONLINE_PAYMENT",
    "REFUNDED",
    "SETTLED",
    "FeeRequestView",
    "NoBankAccount",
    "PayableRequest",
    "PaymentNotice",
    "RequestNotOpen",
    "SettlementOutcome",
    "altered_requests",
    "cancel",
    "cancel_unchecked",
    "contradictory_requests",
    "enter_bank_account",
    "fee_requests",
    "find_payable_request",
    "has_online_payments_before",
    "lock_requests",
    "online_payment",
    "online_payment_counts",
    "online_payments",
    "pay_cash",
    "request_fee",
    "settle",
    "unit_of_request",
    "vietqr",
]
