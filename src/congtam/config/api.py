"""The REST API, assembled from the contexts' routers (giao diện lập trình)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.rest import catalogue, fees, filings, uploads, verbs
from congtam.dossiers.rest.dossiers import router as dossiers
from congtam.exchange.rest.webhooks import router as webhooks
from congtam.foundation.rest.framing import Api

VERSION: Final = "1.0.0"
PREFIX: Final = "api/v1/"
ROUTERS: Final = (
    ("/dossiers", dossiers),
    ("/dossiers", uploads.files),
    ("/dossiers", fees.router),
    ("/dossiers", verbs.verbs),
    ("/bulk", verbs.bulks),
    ("/uploads", uploads.uploads),
    ("/filings", filings.filings),
    ("/consultations", filings.consultations),
    ("/work-lists", catalogue.work),
    ("/procedures", catalogue.procedures),
    ("/webhooks", webhooks),
)


def assemble() -> Api:
    """All operations under one roof."""
    api = Api(
        title="Công Tâm",
        version=VERSION,
        description="Dossiers of one-stop desks: receive, handle, read, and hear of changes. See docs/api.md.",
        urls_namespace="api",
    )
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
    return api


api = assemble()
