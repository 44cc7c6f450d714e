"""What other contexts may use of the indicators."""

from congtam.indicators.counting.apportioning import shared_among
from congtam.indicators.counting.visibility import RowsOutOfSight
from congtam.indicators.definitions.flag_file import flag_definitions
from congtam.indicators.definitions.shipped import definition, definitions
from congtam.indicators.domain.definitions import Definition, Kind, Target, Text
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.figure_names import figure_ref
from congtam.indicators.domain.flags import FlagDefinition, FlagKind
from congtam.indicators.figures.queries import (
    by_child,
    by_children,
    by_units,
    figure,
    figures,
    figures_of_periods,
    receipt,
    trend,
    trends,
)
from congtam.indicators.figures.recounting import Recount, RowChange, recount
from congtam.indicators.figures.store_receipt import store
from congtam.indicators.rows.listing import FlagResult, RowPage, flags, row_keys, rows
from congtam.indicators.selection.slots import FIGURES_LINKS, UnitInPeriod

__all__ = [
    "FIGURES_LINKS",
    "Definition",
    "Figure",
    "FlagDefinition",
    "FlagKind",
    "FlagResult",
    "Kind",
    "Recount",
    "RowChange",
    "RowPage",
    "RowsOutOfSight",
    "Target",
    "Text",
    "UnitInPeriod",
    "by_child",
    "by_children",
    "by_units",
    "definition",
    "definitions",
    "figure",
    "figure_ref",
    "figures",
    "figures_of_periods",
    "flag_definitions",
    "flags",
    "receipt",
    "recount",
    "row_keys",
    "rows",
    "shared_among",
    "store",
    "trend",
    "trends",
]
