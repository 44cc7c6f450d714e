"""What a person reads for the outcome of a line of a daily file (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.payments.public import PaymentLabel

OUTCOMES: Final[Mapping[str, PaymentLabel]] = {
    "surplus": PaymentLabel(_("Came in although nothing was open: to be given back"), "warn"),
    "amount_differs": PaymentLabel(_("Another amount than ours"), "bad"),
    "unknown_request": PaymentLabel(_("No such fee request"), "bad"),
    "missing_in_file": PaymentLabel(_("In our books, not in the file"), "bad"),
    "repeated": PaymentLabel(_("Told twice"), "neutral"),
}
