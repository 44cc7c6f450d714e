"""Reading dossiers, always through the actor (tra cứu hồ sơ)."""

from congtam.dossiers.queries.listing import COUNTED_TO, PAGE_SIZE, DossierPage, Filters, list_dossiers
from congtam.dossiers.queries.sight import get_visible, visible_to

__all__ = [
    "COUNTED_TO",
    "PAGE_SIZE",
    "DossierPage",
    "Filters",
    "get_visible",
    "list_dossiers",
    "visible_to",
]
