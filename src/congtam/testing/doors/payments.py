"""What tests of other rooms use of payments beyond its door."""

from congtam.payments.actions.refunds import RefundRefused, complete_refund, request_refund
from congtam.payments.models import FeeRequest, Payment

__all__ = [
    "FeeRequest",
    "Payment",
    "RefundRefused",
    "complete_refund",
    "request_refund",
]
