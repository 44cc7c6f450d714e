"""What a person reads for the outcome of a line of a daily file (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.payments.public import Label

OUTCOMES: Final[Mapping[str, Label]] = {
    "surplus": Label(_("Came in although nothing was open: to be given back"), "warn"),
    "amount_differs": Label(_("Another amount than ours"), "bad"),
    "unknown_request": Label(_("No such fee request"), "bad"),
    "missing_in_file": Label(_("In our books, not in the file"), "bad"),
    "repeated": Label(_("Told twice"), "neutral"),
}
