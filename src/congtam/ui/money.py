"""Amounts of money as the reader writes them (số tiền)."""

from __future__ import annotations

from congtam.ui.formatting import MISSING, number
from congtam.ui.language import current_language


def dong(amount: int | None) -> str:
    """An amount in đồng: 30.000 ₫ (vi), 30,000 ₫ (en)."""
    return MISSING if amount is None else f"{number(amount, current_language())} ₫"
