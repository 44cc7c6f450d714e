"""What other contexts may use of the indicators."""

from congtam.indicators.catalogue_shipped import definition, definitions
from congtam.indicators.domain.definitions import Definition, Kind, Target, Text
from congtam.indicators.figure import Figure
from congtam.indicators.queries import (
    by_child,
    by_children,
    figure,
    figures,
    figures_of_periods,
    receipt,
    trend,
    trends,
)

__all__ = [
    "Definition",
    "Figure",
    "Kind",
    "Target",
    "Text",
    "by_child",
    "by_children",
    "definition",
    "definitions",
    "figure",
    "figures",
    "figures_of_periods",
    "receipt",
    "trend",
    "trends",
]
