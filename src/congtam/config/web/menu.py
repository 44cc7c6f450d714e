"""The main menu (thanh điều hướng) and the pages that the shared frame links to: the look itself knows no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.administration.web.tabs import section_tabs
from congtam.foundation.public import Role, actor_of
from congtam.sign_in.public import idle_seconds


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """One line of the menu, before it is matched with the page shown."""

    label: str | Promise
    url_name: str
    icon: str
    namespace: str
    pages: frozenset[str] = frozenset()
    """The pages of the namespace that belong here; empty for all that belong to no other entry."""
    roles: tuple[Role, ...] = ()
    """Who has a use for it; empty for everybody."""


_DESK: Final = ("work", "bulk", "views", "receive", "slip", "act", "elsewhere")
_SENT_IN: Final = ("filings", "filing", "consultations", "consultation")

ENTRIES = (
    MenuEntry(label=_("Home"), url_name="home", icon="home", namespace=""),
    MenuEntry(
        label=_("One-stop desk"),
        url_name="dossiers:work",
        icon="inbox",
        namespace="dossiers",
        pages=frozenset({*_DESK, *_SENT_IN}),
        roles=(Role.CLERK, Role.OFFICER, Role.UNIT_HEAD),
    ),
    MenuEntry(label=_("Units"), url_name="org_units:tree", icon="sitemap", namespace="org_units"),
    MenuEntry(label=_("Procedures"), url_name="procedures:list", icon="list-details", namespace="procedures"),
    MenuEntry(label=_("Dossiers"), url_name="dossiers:list", icon="folders", namespace="dossiers"),
    MenuEntry(
        label=_("Indicators"), url_name="indicators:catalogue", icon="chart-line", namespace="indicators"
    ),
    MenuEntry(label=_("Inspections"), url_name="inspections:list", icon="checklist", namespace="inspections"),
    MenuEntry(label=_("Reports"), url_name="reports:overview", icon="report-analytics", namespace="reports"),
    MenuEntry(label=_("Import data"), url_name="imports:upload", icon="upload", namespace="imports"),
    MenuEntry(
        label=_("Administration"),
        url_name="administration:overview",
        icon="settings",
        namespace="administration",
        roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    ),
)


FRAME_PAGES: Final = {
    "home_url": "home",
    "search_url": "search",
    "calendar_url": "work_calendar:calendar",
    "public_url": "portal:home",
    "security_url": "sign_in:mine",
    "set_language_url": "set_language",
}
"""Names in templates of the shared look, and the page each links to."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame's links, the menu with the current section marked, the tabs of the section.

    Nothing but the links when signed out.
    """
    links = {name: reverse(page) for name, page in FRAME_PAGES.items()}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {**links, "navigation": ()}
    actor = actor_of(request)
    entries = [entry for entry in ENTRIES if not entry.roles or actor.has_role(*entry.roles)]
    match = request.resolver_match
    tabs = section_tabs(actor, match.view_name) if match else []
    return {
        **links,
        "idle": idle_notice(),
        "navigation": tuple(_menu_item(entry, request) for entry in entries),
        "section_tabs": tabs,
    }


def idle_notice() -> dict[str, Any]:
    """After how many seconds without use the session ends, and the address that counts as use."""
    return {"seconds": idle_seconds(), "stay_url": reverse("sign_in:stay")}


def _menu_item(entry: MenuEntry, request: HttpRequest) -> dict[str, Any]:
    url, is_current = reverse(entry.url_name), _is_current(entry, request)
    return {"label": entry.label, "url": url, "icon": entry.icon, "is_current": is_current}


def _is_current(entry: MenuEntry, request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.namespace != entry.namespace:
        return False
    if not entry.namespace:
        return match.url_name == "home"
    if entry.pages:
        return match.url_name in entry.pages
    return not any(match.url_name in other.pages for other in ENTRIES if other.namespace == entry.namespace)
