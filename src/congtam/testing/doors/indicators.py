"""What tests of other rooms use of indicators beyond its door."""

from congtam.indicators.figures.queries import figure
from congtam.indicators.figures.stored_receipts import get_stored_receipt
from congtam.indicators.rows.listing import row_keys, rows
from congtam.indicators.targets.actions import TargetEntry, set_target

__all__ = [
    "TargetEntry",
    "figure",
    "get_stored_receipt",
    "row_keys",
    "rows",
    "set_target",
]
