"""The tables of the payments context (phí, lệ phí)."""

from congtam.payments.models.requests import (
    FeeRequest,
    Payment,
    ReceiptCounter,
    Refund,
    RefusedRefund,
    RequestState,
    Way,
)
from congtam.payments.models.sources import BankAccount, Callback, Gateway, Statement, StatementLine

__all__ = [
    "BankAccount",
    "Callback",
    "FeeRequest",
    "Gateway",
    "Payment",
    "ReceiptCounter",
    "Refund",
    "RefusedRefund",
    "RequestState",
    "Statement",
    "StatementLine",
    "Way",
]
