"""The words a person reads for the closed lists (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.payments.models import RequestState, Way


class Label(NamedTuple):
    """A word and the tone of its badge."""

    text: str | Promise
    tone: str = "neutral"


STATES: Final[Mapping[str, Label]] = {
    RequestState.OPEN: Label(_("To be paid"), "warn"),
    RequestState.PAID: Label(_("Paid"), "good"),
    RequestState.CANCELLED: Label(_("Cancelled"), "neutral"),
    RequestState.REFUNDED: Label(_("Given back"), "neutral"),
}
WAYS: Final[Mapping[str, Label]] = {Way.CASH: Label(_("Cash")), Way.ONLINE: Label(_("Paid online"))}
