"""Where each context's pages live. A context without pages yet is left out by the absence of its `web/urls.py`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

MOUNTS: Final[dict[str, str]] = {
    "units/": "org_units",
    "procedures/": "procedures",
    "dossiers/": "dossiers",
    "figures/": "indicators",
    "inspections/": "inspections",
    "reports/": "reports",
    "import/": "exchange",
    "ui/": "ui",
    "": "config",
}


def _context_urls() -> list[URLPattern | URLResolver]:
    return [
        path(prefix, include(f"congtam.{context}.web.urls"))
        for prefix, context in MOUNTS.items()
        if find_spec(f"congtam.{context}.web") and find_spec(f"congtam.{context}.web.urls")
    ]


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    *_context_urls(),
]
