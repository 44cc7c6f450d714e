"""The ways into the desk (lối vào Một cửa), as the roles of the person open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from congtam.dossiers.permissions import MAY_RECEIVE
from congtam.foundation.public import Role

register = template.Library()


@register.inclusion_tag("dossiers/desk/links.html", takes_context=True)
def desk_links(context: Mapping[str, Any]) -> dict[str, Any]:
    """Buttons for the head of a page: receive, what was filed online, questions of other offices."""
    actor, match = context.get("actor"), getattr(context.get("request"), "resolver_match", None)
    return {
        "receives": bool(actor and actor.has_role(*MAY_RECEIVE)),
        "is_asked": bool(actor and actor.has_role(Role.OFFICER, Role.UNIT_HEAD)),
        "here": match.view_name if match else "",
    }
