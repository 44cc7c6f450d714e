"""Counting on the lake: the parts of indicators from the rows of a data version."""

from __future__ import annotations

from collections.abc import Sequence

from congtam.indicators.counting.flows import add_flows
from congtam.indicators.counting.stocks import add_stocks
from congtam.indicators.counting.value_counts import add_value_counts
from congtam.indicators.counting.windows import PartsByWindow, Window
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import OF_VALUES
from congtam.indicators.domain.scope import Scope


def count(
    definitions: Sequence[Definition], windows: Sequence[Window], scope: Scope, *, version: int
) -> PartsByWindow:
    """Parts by window, definition code and bucket; buckets without rows are left out. All of one fact."""
    parts: PartsByWindow = {window: {one.code: {} for one in definitions} for window in windows}
    flows = [one for one in definitions if one.is_additive]
    stocks = [one for one in definitions if one.is_at_an_instant]
    if flows:
        add_flows(parts, flows, scope, version=version)
    if stocks:
        add_stocks(parts, stocks, scope, version=version)
    for one in definitions:
        if one.kind in OF_VALUES:
            add_value_counts(parts, one, scope, version=version)
    return parts
