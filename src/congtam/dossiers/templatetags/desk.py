"""The ways into the desk (lối vào Một cửa), as the roles of the person open them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.record.permissions import MAY_RECEIVE
from congtam.dossiers.slots import RATINGS, SUPPLEMENTS_SENT
from congtam.foundation.public import Actor, Role

register = template.Library()


@register.inclusion_tag("dossiers/desk/links.html", takes_context=True)
def desk_links(context: Mapping[str, Any]) -> dict[str, Any]:
    """Buttons for the head of a page: receive, what was filed online, and what is needed less often."""
    actor, match = context.get("actor"), getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    return {
        "receives": bool(actor and actor.has_role(*MAY_RECEIVE)),
        "more": [entry for entry in _further_entries(actor) if entry["url"]] if actor else [],
        "here": here,
    }


def _further_entries(actor: Actor) -> Iterator[dict[str, str]]:
    if actor.has_role(Role.OFFICER, Role.UNIT_HEAD):
        yield _menu_entry(reverse("dossiers:consultations"), "users", _("Questions from other offices"))
    if actor.has_role(*MAY_RECEIVE):
        yield _menu_entry(SUPPLEMENTS_SENT.url(), "file-import", _("Supplements sent online"))
        yield _menu_entry(reverse("dossiers:elsewhere"), "map-2", _("Received for other units"))
        yield _menu_entry(reverse("payments:list"), "receipt", _("Fees"))
    yield _menu_entry(RATINGS.url(), "chart-bar", _("Ratings"))


def _menu_entry(url: str, icon: str, text: str) -> dict[str, str]:
    return {"url": url, "icon": icon, "text": text}
