"""What tests of other rooms use of indicators beyond its door."""

from congtam.indicators.figures.queries import figure, receipt
from congtam.indicators.rows.listing import row_keys, rows

__all__ = [
    "figure",
    "receipt",
    "row_keys",
    "rows",
]
