"""Tables of the portal (cổng thông tin)."""

from congtam.portal.models.drafts import Draft, browser_digest
from congtam.portal.models.ratings import Overall, Rating
from congtam.portal.models.supplements import OfferState, SupplementOffer

__all__ = [
    "Draft",
    "OfferState",
    "Overall",
    "Rating",
    "SupplementOffer",
    "browser_digest",
]
