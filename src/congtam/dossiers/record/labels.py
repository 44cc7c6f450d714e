"""The words a person reads for the closed lists (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import STATE_NAMES, Channel, PaymentWay, State, SuspensionGround, Verdict
from congtam.ui.public import Label

_TONES: Final[Mapping[str, str]] = {
    State.RECEIVED: "main",
    State.IN_PROGRESS: "main",
    State.AWAITING_SUPPLEMENT: "warn",
    State.AWAITING_PAYMENT: "warn",
    State.FINISHED: "good",
    State.RETURNED: "good",
}
STATES: Final[Mapping[str, Label]] = {
    state: Label(_(name), _TONES.get(state, "neutral")) for state, name in STATE_NAMES.items()
}
CHANNELS: Final[Mapping[str, Label]] = {
    Channel.DESK: Label(_("At the desk")),
    Channel.ONLINE: Label(_("Online")),
    Channel.POST: Label(_("By public post")),
    Channel.EMAIL: Label(_("By e-mail")),
    Channel.INTERNAL: Label(_("Internal")),
    Channel.UNKNOWN: Label(_("Not recorded")),
}
PAYMENTS: Final[Mapping[str, Label]] = {
    PaymentWay.NONE: Label(_("No fee")),
    PaymentWay.ONLINE: Label(_("Paid online")),
    PaymentWay.CASH: Label(_("Paid in cash")),
    PaymentWay.UNKNOWN: Label(_("Not recorded")),
}
GROUNDS: Final[Mapping[str, Label]] = {
    SuspensionGround.SUPPLEMENT: Label(_("waiting for a supplement from the applicant")),
    SuspensionGround.PAYMENT: Label(_("waiting for payment of the fee")),
    SuspensionGround.OTHER_OFFICE: Label(_("waiting for another office")),
    SuspensionGround.REQUEST: Label(_("at the applicant's request")),
}
VERDICTS: Final[Mapping[str, Label]] = {
    Verdict.EARLY: Label(_("Early"), "good"),
    Verdict.ON_TIME: Label(_("On time"), "good"),
    Verdict.LATE: Label(_("Late"), "bad"),
    Verdict.RUNNING: Label(_("Within the time limit"), "neutral"),
    Verdict.OVERDUE: Label(_("Overdue"), "bad"),
    Verdict.NO_LIMIT: Label(_("No due date"), "neutral"),
}
APPLICANT_KINDS: Final[Mapping[str, Label]] = {
    "citizen": Label(_("Citizen")),
    "person": Label(_("Citizen")),
    "organisation": Label(_("Organisation")),
    "enterprise": Label(_("Enterprise")),
}
ROLES: Final[Mapping[str, Label]] = {
    "clerk": Label(_("One-stop clerk")),
    "officer": Label(_("Handling officer")),
    "unit_head": Label(_("Head of unit")),
}
"""Whose move a dossier can be."""

RETURN_WAYS: Final[Mapping[str, Label]] = {
    "desk": Label(_("At the desk")),
    "post": Label(_("By public post")),
    "online": Label(_("Online")),
}
LIMIT_UNITS: Final[Mapping[str, Label]] = {
    "working_days": Label(_("working days")),
    "calendar_days": Label(_("calendar days")),
    "hours": Label(_("working hours")),
    "months": Label(_("months")),
}
