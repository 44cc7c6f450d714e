"""The routers of the portal, for the assembly of the API (giao diện lập trình)."""

from congtam.portal.staff.rest.ratings import offers, ratings

__all__ = ["offers", "ratings"]
