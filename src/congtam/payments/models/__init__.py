"""The tables of the payments context (phí, lệ phí)."""

from congtam.payments.models.bank_accounts import BankAccount
from congtam.payments.models.requests import (
    FeeRequest,
    Payment,
    ReceiptCounter,
    Refund,
    RefusedRefund,
    RequestState,
    Way,
)

__all__ = [
    "BankAccount",
    "FeeRequest",
    "Payment",
    "ReceiptCounter",
    "Refund",
    "RefusedRefund",
    "RequestState",
    "Way",
]
