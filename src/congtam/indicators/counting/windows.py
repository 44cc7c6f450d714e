"""Windows: the stretches of time in which indicators are counted, cut where the units of a scope change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope, Weights
from congtam.kernel.periods import Period


@dataclass(frozen=True, order=True)
class Window:
    """A period, and the instant at which its stocks are taken."""

    period: Period
    as_of: datetime


@dataclass(frozen=True)
class Piece:
    """A stretch of a window within which units go to the same buckets."""

    window: Window
    period: Period
    weights: Weights


PartsByBucket = dict[str, Parts]
PartsByWindow = dict[Window, dict[str, PartsByBucket]]
"""Parts by window, definition code and bucket."""


def flow_pieces(window: Window, scope: Scope) -> list[Piece]:
    """The window cut where the units change."""
    return [Piece(window, period, weights) for period, weights in scope.pieces(window.period)]


def stock_piece(window: Window, scope: Scope) -> Piece:
    """The whole window: a stock is taken under the units of its last day."""
    return Piece(window, window.period, scope.weights_on(window.period.last_day))


def cut_window(period_column: str, window: Window, scope: Scope) -> list[Piece]:
    """The window cut where the units change; a stock is taken under the units of its last day."""
    return flow_pieces(window, scope) if period_column else [stock_piece(window, scope)]


def group_by_weights(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces with the same weights together, for they can be counted in one statement."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        group = next((one for one in groups if one[0].weights == piece.weights), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    return groups
