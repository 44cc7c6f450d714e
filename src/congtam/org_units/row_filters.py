"""The usual rule of facts: rows are visible with their unit."""

from __future__ import annotations

from congtam.foundation.public import Actor
from congtam.org_units.queries import visible_units
from congtam.warehouse.public import RowFilter


def rows_of_visible_units(actor: Actor) -> RowFilter:
    """All rows of the units that an actor may see (dữ liệu của đơn vị được xem); for ``Fact.visible_sql``."""
    visible = visible_units(actor)
    return RowFilter(units=None if visible.everything else visible.codes)
