"""A fee request as pages show it (yêu cầu nộp phí)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.texts import moment
from congtam.org_units.public import unit_name
from congtam.payments.public import FeeRequestView
from congtam.ui.public import dong


def fee_line(request: FeeRequestView) -> dict[str, Any]:
    """A fee request as a line of a page."""
    states = {
        "open": (_("Not paid yet"), "warn"),
        "paid": (_("Paid"), "good"),
        "cancelled": (_("Cancelled"), "neutral"),
        "refunded": (_("Refunded"), "neutral"),
    }
    text, tone = states.get(request.state, (request.state, "neutral"))
    return {
        "code": request.code,
        "url": reverse("payments:detail", args=[request.code]),
        "amount": dong(request.amount_dong),
        "reason": request.reason,
        "state": text,
        "tone": tone,
        "when": " · ".join(
            filter(None, (moment(request.paid_at or request.requested_at), _other_counter_text(request)))
        ),
    }


def _other_counter_text(request: FeeRequestView) -> str:
    """The counter that took the cash, when it is another unit's."""
    if request.paid_at_unit_code in {"", request.unit_code}:
        return ""
    return _("paid at {unit}").format(unit=unit_name(request.paid_at_unit_code, request.requested_at))
