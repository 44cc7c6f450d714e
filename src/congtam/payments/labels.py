"""The words a person reads for the closed lists (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.payments.models import RequestState, Way
from congtam.ui.public import Label

STATES: Final[Mapping[str, Label]] = {
    RequestState.OPEN: Label(_("To be paid"), "warn"),
    RequestState.PAID: Label(_("Paid"), "good"),
    RequestState.CANCELLED: Label(_("Cancelled"), "neutral"),
    RequestState.REFUNDED: Label(_("Refunded"), "neutral"),
}
WAYS: Final[Mapping[str, Label]] = {
    Way.CASH: Label(_("Cash")),
    Way.ONLINE: Label(_("Paid online")),
}
