"""Amounts of money as the reader writes them (số tiền)."""

from __future__ import annotations

from django.utils.translation import get_language

from congtam.ui.formatting import MISSING, number


def dong(amount: int | None) -> str:
    """An amount in đồng: 30.000 ₫ (vi), 30,000 ₫ (en)."""
    return MISSING if amount is None else f"{number(amount, get_language() or 'vi')} ₫"
