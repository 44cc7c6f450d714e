"""What other contexts may use of the indicators."""

from congtam.indicators.counting.apportioning import shared_figures_note
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.definitions.shipped import counted_definitions as definitions
from congtam.indicators.domain.chance import (
    changed,
    history_months,
    missed_targets,
    process_of,
    weakest_units,
)
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.figure_names import figure_ref
from congtam.indicators.domain.narrowing import Narrowing
from congtam.indicators.figures.history import with_month_dispersion
from congtam.indicators.figures.queries import (
    figure_by_child,
    figures,
    figures_by_child,
    figures_of_periods,
    narrowed_figures,
    trends,
)
from congtam.indicators.figures.recounting import Recount, recount
from congtam.indicators.figures.store_receipt import altered_receipts, store
from congtam.indicators.rows.flags import FlagResult, flag_results
from congtam.indicators.rows.listing import rows
from congtam.indicators.selection.choices import period_groups
from congtam.indicators.selection.latest import latest_month
from congtam.indicators.selection.slots import FIGURES_LINKS, UnitInPeriod
from congtam.indicators.selection.verdicts import Verdict, variation_verdict
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
    "Verdict",
    "altered_receipts",
    "changed",
    "definitions",
    "figure_by_child",
    "figure_ref",
    "figures",
    "figures_by_child",
    "figures_of_periods",
    "flag_results",
    "history_months",
    "latest_month",
    "missed_targets",
    "narrowed_figures",
    "period_groups",
    "process_of",
    "recount",
    "rows",
    "shared_figures_note",
    "store",
    "trends",
    "variation_verdict",
    "weakest_units",
    "with_month_dispersion",
    "without_due_date_text",
]
