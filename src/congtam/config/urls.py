"""Where each context's pages live."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from congtam.api.framing import as_api_view
from congtam.config.api import PREFIX, api
from congtam.config.openapi import openapi_json
from congtam.config.web.api_reference import reference
from congtam.config.web.api_tokens import api_tokens
from congtam.ui.web.search import search_page

MOUNTS: Final = (
    ("units/", "org_units"),
    ("procedures/", "procedures"),
    ("dossiers/", "dossiers"),
    ("figures/", "indicators"),
    ("inspections/", "inspections"),
    ("reports/", "reports"),
    ("import/webhooks/", "webhooks"),
    ("import/", "imports"),
    ("calendar/", "work_calendar"),
    ("", "sign_in"),  # before the rooms whose pages it stands beside
    ("payments/", "gateways"),  # before the room whose /payments/<code>/ would take any address
    ("payments/", "payments"),
    ("administration/", "administration"),
    ("public/", "portal"),
    ("ui/", "ui"),
    ("", "home"),
)

NOT_OFFERED: Final = (
    "email/",
    "confirm-email/",
    "confirm-email/<path:rest>",
    "password/set/",
    "password/reset/",
    "password/reset/<path:rest>",
    "login/code/confirm/",
    "second-step/reauthenticate/",
    "second-step/trust/",
)
"""Pages of allauth that need e-mail, or confirm by a mere code; their names stay, for allauth refers to them."""


def not_offered(_request: HttpRequest, rest: str = "") -> HttpResponse:
    """An administrator opens accounts and sets forgotten passwords; nothing is sent by e-mail."""
    raise Http404(rest)


def _context_urls() -> list[URLPattern | URLResolver]:
    return [path(prefix, include(f"congtam.{context}.web.urls")) for prefix, context in MOUNTS]


handler500 = "congtam.config.web.outages.server_error"
urlpatterns = [
    *[
        path(f"accounts/{address}", login_not_required(not_offered), name="account_not_offered")
        for address in NOT_OFFERED
    ],
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path(
        PREFIX,
        include(([path("openapi.json", as_api_view(openapi_json), name="openapi"), *api.framed_urls], "api")),
    ),
    path("search/", search_page, name="search"),
    path("api/", api_tokens, name="api_tokens"),
    path("api/reference/", reference, name="api_reference"),
    *_context_urls(),
]
