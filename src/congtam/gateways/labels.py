"""What a person reads for the outcome of a line of a daily file (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.ui.public import Label

OUTCOMES: Final[Mapping[str, Label]] = {
    "surplus": Label(_("Surplus payment: to be refunded"), "warn"),
    "amount_differs": Label(_("Amount differs from our books"), "bad"),
    "unknown_request": Label(_("No such fee request"), "bad"),
    "missing_in_file": Label(_("In our books, not in the file"), "bad"),
    "repeated": Label(_("Reported twice"), "neutral"),
}
