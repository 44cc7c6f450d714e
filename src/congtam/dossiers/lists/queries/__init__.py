"""Reading dossiers, always through the actor (tra cứu hồ sơ)."""

from congtam.dossiers.lists.queries.filters import Filters, address_of, filters_from
from congtam.dossiers.lists.queries.listing import (
    COUNTED_TO,
    PAGE_SIZE,
    DossierPage,
    RowPage,
    count_of,
    dossiers_for,
    list_dossiers,
    list_rows,
    page_of,
)
from congtam.dossiers.lists.queries.ordering import ORDERS
from congtam.dossiers.record.visibility import get_visible, visible_to

__all__ = [
    "COUNTED_TO",
    "ORDERS",
    "PAGE_SIZE",
    "DossierPage",
    "Filters",
    "RowPage",
    "address_of",
    "count_of",
    "dossiers_for",
    "filters_from",
    "get_visible",
    "list_dossiers",
    "list_rows",
    "page_of",
    "visible_to",
]
