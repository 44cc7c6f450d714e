"""Stocks: indicators of how things stand at the instants of windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from congtam.indicators.counting.passes import add_pass
from congtam.indicators.counting.windows import PartsByWindow, group_by_weights, stock_piece
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.scope import Scope

CONDITIONS_TOGETHER: Final = 16
"""More in one pass costs the engine more in planning than it saves in reading."""


def add_stocks(parts: PartsByWindow, stocks: Sequence[Definition], scope: Scope, *, version: int) -> None:
    """Add the parts of the stocks in every window: a stock reads all rows, so windows share passes."""
    windows_together = max(1, CONDITIONS_TOGETHER // (2 * len(stocks)))
    for pieces in group_by_weights(stock_piece(window, scope) for window in parts):
        for start in range(0, len(pieces), windows_together):
            add_pass(parts, stocks, pieces[start : start + windows_together], version=version)
