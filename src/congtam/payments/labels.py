"""The words a person reads for the closed lists (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.payments.models import RequestState, Way


class PaymentLabel(NamedTuple):
    """A word and the tone of its badge."""

    text: str | Promise
    tone: str = "neutral"


STATES: Final[Mapping[str, PaymentLabel]] = {
    RequestState.OPEN: PaymentLabel(_("To be paid"), "warn"),
    RequestState.PAID: PaymentLabel(_("Paid"), "good"),
    RequestState.CANCELLED: PaymentLabel(_("Cancelled"), "neutral"),
    RequestState.REFUNDED: PaymentLabel(_("Refunded"), "neutral"),
}
WAYS: Final[Mapping[str, PaymentLabel]] = {
    Way.CASH: PaymentLabel(_("Cash")),
    Way.ONLINE: PaymentLabel(_("Paid online")),
}
