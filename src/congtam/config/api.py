"""The REST API, assembled from the contexts' routers (giao diện lập trình)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.rest.dossiers import router as dossiers
from congtam.foundation.rest.framing import Api

VERSION: Final = "1.0.0"
PREFIX: Final = "api/v1/"


def assemble() -> Api:
    """All operations under one roof."""
    api = Api(
        title="Công Tâm",
        version=VERSION,
        description="Dossiers of one-stop desks: receive, handle, read, and hear of changes. See docs/api.md.",
        urls_namespace="api",
    )
    api.add_router("/dossiers", dossiers)
    return api


api = assemble()
