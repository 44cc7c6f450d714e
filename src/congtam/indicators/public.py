"""What other contexts may use of the indicators."""

from congtam.indicators.counting.apportioning import shared_among
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.definitions.shipped import definitions
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.figure_names import figure_ref
from congtam.indicators.domain.narrowing import Narrowing
from congtam.indicators.figures.queries import (
    by_child,
    by_children,
    figures,
    figures_of_periods,
    narrowed_figures,
    trends,
)
from congtam.indicators.figures.recounting import Recount, recount
from congtam.indicators.figures.store_receipt import store
from congtam.indicators.rows.flags import FlagResult, flags
from congtam.indicators.rows.listing import rows
from congtam.indicators.selection.choices import period_groups
from congtam.indicators.selection.latest import latest_month
from congtam.indicators.selection.slots import FIGURES_LINKS, UnitInPeriod
from congtam.indicators.selection.wording import without_due_date_text

__all__ = [
    "FIGURES_LINKS",
    "Definition",
    "Figure",
    "FlagResult",
    "Narrowing",
    "Recount",
    "RowsNotVisible",
    "UnitInPeriod",
    "by_child",
    "by_children",
    "definitions",
    "figure_ref",
    "figures",
    "figures_of_periods",
    "flags",
    "latest_month",
    "narrowed_figures",
    "period_groups",
    "recount",
    "rows",
    "shared_among",
    "store",
    "trends",
    "without_due_date_text",
]
