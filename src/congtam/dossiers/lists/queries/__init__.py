"""Reading dossiers, always through the actor (tra cứu hồ sơ)."""

from congtam.dossiers.lists.queries.filters import Filters, filter_parameters, parse_filters
from congtam.dossiers.lists.queries.listing import (
    COUNTED_TO,
    PAGE_SIZE,
    CountTakesTooLong,
    DossierPage,
    DossierRowPage,
    count_all,
    count_dossiers,
    filtered_visible_dossiers,
    list_dossiers,
    list_rows,
    read_page,
)
from congtam.dossiers.lists.queries.ordering import ORDERS
from congtam.dossiers.record.visibility import get_visible, visible_to

__all__ = [
    "COUNTED_TO",
    "ORDERS",
    "PAGE_SIZE",
    "CountTakesTooLong",
    "DossierPage",
    "DossierRowPage",
    "Filters",
    "count_all",
    "count_dossiers",
    "filter_parameters",
    "filtered_visible_dossiers",
    "get_visible",
    "list_dossiers",
    "list_rows",
    "parse_filters",
    "read_page",
    "visible_to",
]
