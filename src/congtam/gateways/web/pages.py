"""What the page of daily files shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from congtam.foundation.public import display_names
from congtam.gateways.labels import OUTCOMES
from congtam.gateways.models import StatementLine
from congtam.gateways.queries import gateway_names
from congtam.gateways.statement_days import StatementDay
from congtam.ui.public import dong


def reconcile_context(
    lines: Sequence[StatementLine], days: Sequence[StatementDay], *, day: date
) -> dict[str, Any]:
    """The values of the page of daily files."""
    people = display_names(each.read_by for each in days)
    return {
        "day": day,
        "any_read": any(each.read_at for each in days),
        "days": [{"statement_day": each, "read_by": people.get(each.read_by, "")} for each in days],
        "gateways": gateway_names(),
        "lines": [
            {
                "day": line.statement.day,
                "gateway": line.statement.gateway,
                "reference": line.reference,
                "request": line.request_code,
                "theirs": dong(line.amount_dong),
                "ours": dong(line.own_amount_dong),
                "outcome": OUTCOMES.get(line.outcome),
            }
            for line in lines
        ],
    }
