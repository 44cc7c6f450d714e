"""What the page of one unit shows (lịch sử đơn vị)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.kernel.input.days import day_or_none
from congtam.org_units.domain.kinds import find_kind
from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow
from congtam.org_units.domain.register import UnitHistory
from congtam.org_units.domain.tree import UnitNode
from congtam.org_units.queries import VisibleUnits, latest_nameable_day, register, visible_units
from congtam.org_units.slots import UNIT_LINKS
from congtam.org_units.web.fates import describe_continuation
from congtam.ui.public import PageLink, current_language
from congtam.ui.public import day as written_day

_DAY = timedelta(days=1)


def parse_requested_day(text: str, *, now: date) -> date:
    """The day of a query string, no later than pages may name; today where it names none."""
    return min(day_or_none(text) or now, latest_nameable_day())


def context(history: UnitHistory, *, actor: Actor, requested_day: date, now: date) -> dict[str, Any]:
    """The values of the template; on a day on which the code meant nothing, as it stood nearest to it."""
    visible = visible_units(actor)
    shown = register().nearest_version(history.code, requested_day) or history.versions[-1]
    shown_on = min(max(requested_day, shown.valid_from), shown.valid_until - _DAY)
    closed_on = _closed_on(history, now)
    tree = register().tree(shown_on)
    node = tree.get(history.code)
    return {
        "code": history.code,
        "name": shown.name,
        "kind": find_kind(shown.kind).name(current_language()),
        "closed_on": closed_on,
        "shown_on": shown_on,
        "above": [_parent_link(each, visible) for each in tree.ancestors(history.code)],
        "timeline": [_version_row(row, now) for row in reversed(history.versions)],
        "predecessors": [_serialize_predecessor(row, visible) for row in history.predecessors],
        "successors": [_serialize_successor(row, visible) for row in history.successors],
        "children": [
            _child_row(child, closed_on=closed_on, visible=visible)
            for child in node.children
            if child.code in visible
        ]
        if node
        else [],
        "links": [*UNIT_LINKS.offers(history.code, to=actor), _posts_link(history.code)],
    }


def _version_row(row: UnitVersionRow, now: date) -> dict[str, Any]:
    parent = register().nearest_version(row.parent, row.valid_from) if row.parent else None
    below = _("under {parent}").format(parent=parent.name) if parent else ""
    holds = row.holds_on(now)
    return {
        "title": row.name,
        "when": _validity_text(row),
        "text": " · ".join(
            part for part in (find_kind(row.kind).name(current_language()), below, row.legal_source) if part
        ),
        "tone": "done" if holds else "",
        "badge": _("in force") if holds else "",
        "badge_tone": "good",
    }


def _validity_text(row: UnitVersionRow) -> str:
    if row.opens and row.closes:
        return _("{first} to {last}").format(
            first=written_day(row.opens), last=written_day(row.closes - _DAY)
        )
    if row.opens:
        return _("since {first}").format(first=written_day(row.opens))
    if row.closes:
        return _("until {last}; start date not recorded").format(last=written_day(row.closes - _DAY))
    return _("start date not recorded")


def _serialize_predecessor(row: SuccessionRow, visible: VisibleUnits) -> dict[str, Any]:
    name = register().name_on(row.predecessor, row.on_date - _DAY)
    return _serialize_succession(row, name, code=row.predecessor, visible=visible)


def _serialize_successor(row: SuccessionRow, visible: VisibleUnits) -> dict[str, Any]:
    name = register().name_on(row.successor, row.on_date)
    return _serialize_succession(row, name, code=row.successor, visible=visible)


def _serialize_succession(
    row: SuccessionRow, name: str, *, code: str, visible: VisibleUnits
) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "url": reverse("org_units:detail", args=[code]) if code in visible else "",
        "on": row.on_date,
        "weight": row.weight,
        "whole": row.whole,
        "legal_source": row.legal_source,
        "note": row.note,
    }


def _closed_on(history: UnitHistory, now: date) -> date | None:
    """The first day without the unit, once it is past."""
    closes = history.versions[-1].closes
    return closes if closes and closes <= now else None


def _child_row(node: UnitNode, *, closed_on: date | None, visible: VisibleUnits) -> dict[str, Any]:
    """A unit directly below; where the unit above has ended, with what became of it."""
    return {
        "fate": describe_continuation(node.code, closed_on, visible) if closed_on else None,
        "code": node.code,
        "name": node.name,
        "kind": node.kind_name(current_language()),
        "url": reverse("org_units:detail", args=[node.code]),
    }


def _parent_link(node: UnitNode, visible: VisibleUnits) -> dict[str, str]:
    return {
        "name": node.name,
        "url": reverse("org_units:detail", args=[node.code]) if node.code in visible else "",
    }


def _posts_link(code: str) -> PageLink:
    return PageLink(text=_("Posts and signers"), icon="users", url=reverse("org_units:posts", args=[code]))
