"""What a gateway reports (thông báo thanh toán): the value that payments are settled from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PaymentNotice:
    """This request was paid, in this amount, at this time."""

    reference: str
    """The gateway's own number of the transaction."""
    request_code: str
    amount_dong: int
    paid_at: datetime
