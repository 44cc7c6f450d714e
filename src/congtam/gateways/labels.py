"""What a person reads for the outcome of a line of a daily file (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.payments.public import PaymentLabel

OUTCOMES: Final[Mapping[str, PaymentLabel]] = {
    "surplus": PaymentLabel(_("Surplus payment: to be refunded"), "warn"),
    "amount_differs": PaymentLabel(_("Amount differs from our books"), "bad"),
    "unknown_request": PaymentLabel(_("No such fee request"), "bad"),
    "missing_in_file": PaymentLabel(_("In our books, not in the file"), "bad"),
    "repeated": PaymentLabel(_("Reported twice"), "neutral"),
}
