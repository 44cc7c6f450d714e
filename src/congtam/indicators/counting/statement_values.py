"""Values for the parameters of compiled statements; DuckDB is given texts and casts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from congtam.indicators.compiling.conditions import Statement
from congtam.indicators.counting.sources import derived_parameters
from congtam.indicators.counting.windows import Piece

_OF_EACH_WINDOW: Final = ("as_of", "period_start", "period_end")


def piece_parameters(piece: Piece) -> dict[str, Any]:
    """Every parameter that a statement about one piece may have."""
    start, end = piece.period.start.isoformat(), piece.period.end.isoformat()
    return {
        "start": start,
        "end": end,
        "period_start": start,
        "period_end": end,
        "as_of": piece.window.as_of.isoformat(),
        "units": list(piece.weights),
    }


def pass_parameters(pieces: Sequence[Piece]) -> dict[str, Any]:
    """The same for a pass over pieces of the same weights: numbered where there are several."""
    if len(pieces) == 1:
        return piece_parameters(pieces[0])
    values: dict[str, Any] = {"units": list(pieces[0].weights)}
    for number, piece in enumerate(pieces):
        own = piece_parameters(piece)
        values |= {f"{name}_{number}": own[name] for name in _OF_EACH_WINDOW}
    return values


def histogram_parameters(pieces: Sequence[Piece], group_of_unit: Mapping[str, int]) -> dict[str, Any]:
    """The lists of windows and units, and the span of all windows, for a histogram."""
    starts, ends = [one.period.start for one in pieces], [one.period.end for one in pieces]
    return {
        "windows": list(range(len(pieces))),
        "starts": [day.isoformat() for day in starts],
        "ends": [day.isoformat() for day in ends],
        "instants": [one.window.as_of.isoformat() for one in pieces],
        "start": min(starts).isoformat(),
        "end": max(ends).isoformat(),
        "units": list(group_of_unit),
        "groups": list(group_of_unit.values()),
    }


def select_used_parameters(values: Mapping[str, Any], compiled: Statement) -> dict[str, Any]:
    """The values of the parameters that occur in the statement: the engine refuses others."""
    used = {name: value for name, value in values.items() if name in compiled.parameters}
    return {**used, **derived_parameters(compiled)}
