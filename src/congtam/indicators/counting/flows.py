"""Flows: indicators of what happened in a period, counted piece by piece where the units change."""

from __future__ import annotations

from collections.abc import Sequence

from congtam.indicators.counting.passes import add_pass
from congtam.indicators.counting.windows import PartsByWindow, flow_pieces
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.scope import Scope


def add_flows(parts: PartsByWindow, flows: Sequence[Definition], scope: Scope, *, version: int) -> None:
    """Add the parts of the flows in every window, all flows in one pass.

    Windows do not share a pass: the files of other months are not read for the one that is counted.
    """
    for window in parts:
        for piece in flow_pieces(window, scope):
            add_pass(parts, flows, [piece], version=version)
