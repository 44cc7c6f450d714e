"""The REST API, assembled from the contexts' routers (giao diện lập trình)."""

from __future__ import annotations

from typing import Final

from congtam.api.framing import Api
from congtam.dossiers.rest import routers as desk
from congtam.org_units.rest.units import router as units
from congtam.payments.rest.payments import router as payments
from congtam.portal.rest import routers as portal
from congtam.reports.rest.documents import router as documents
from congtam.reports.rest.slips import router as slips
from congtam.webhooks.rest import webhooks
from congtam.work_calendar.rest.calendar import router as calendar

VERSION: Final = "1.1.0"
PREFIX: Final = "api/v1/"
DESCRIPTION: Final = (
    "Dossiers of one-stop desks: receive, handle, read, and hear of changes.\n\n"
    "Send `Authorization: Bearer ct_…`, a token made at `/api/`. Refusals are `application/problem+json` with a stable "
    "`code`, and name every fault of the request at once. Instants are UTC, days `yyyy-mm-dd`, money whole đồng."
)
ROUTERS: Final = (
    ("/dossiers", desk.dossiers),
    ("/dossiers", desk.linked),
    ("/dossiers", desk.files),
    ("/dossiers", documents),
    ("/dossiers", desk.fees),
    ("/dossiers", desk.verbs),
    ("/bulk", desk.bulks),
    ("/uploads", desk.uploads),
    ("/slips", slips),
    ("/filings", desk.filings),
    ("/filings", desk.filing_files),
    ("/supplements", portal.offers),
    ("/consultations", desk.consultations),
    ("/fees", payments),
    ("/work-lists", desk.work),
    ("/saved-views", desk.saved_views),
    ("/procedures", desk.procedures),
    ("/procedures", desk.due),
    ("/units", units),
    ("/calendar", calendar),
    ("/ratings", portal.ratings),
    ("/webhooks", webhooks.router),
    ("/webhook-hosts", webhooks.hosts),
)


def assemble() -> Api:
    """All operations under one roof."""
    api = Api(
        title="Công Tâm",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="api",
    )
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
    return api


api = assemble()
