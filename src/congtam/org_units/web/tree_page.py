"""What the page of the tree shows (cây đơn vị)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.kernel.input.days import day_or_none
from congtam.org_units.domain.kinds import KINDS
from congtam.org_units.domain.register import Register
from congtam.org_units.domain.tree import UnitNode, UnitTree
from congtam.org_units.queries import (
    VisibleUnits,
    latest_nameable_day,
    nameable_change_days,
    register,
    search_units,
    visible_units,
)
from congtam.ui.public import current_language
from congtam.ui.public import day as written_day

_OPEN_DEPTH = 1
_MAX_MATCHES = 60


@dataclass(frozen=True)
class TreeFilters:
    """What the reader wants to see: which day, which text."""

    on: date
    text: str


@dataclass(frozen=True)
class Branch:
    """A unit of the tree as it is drawn, with what the actor may see below it."""

    code: str
    name: str
    kind: str
    url: str
    is_open: bool
    count: int
    branches: tuple[Branch, ...]


def parse_filters(query: QueryDict, *, actor: Actor, now: date) -> TreeFilters:
    """The day and the text of a query string; a day that is no date means the usual one."""
    on = day_or_none(query.get("on", "")) or usual_day(actor, now)
    return TreeFilters(min(on, latest_nameable_day()), query.get("q", "").strip()[:100])


def usual_day(actor: Actor, now: date) -> date:
    """Today; for somebody whose units are all closed, the last day of the one that lasted longest."""
    units, codes = register(), [grant.unit_code for grant in actor.grants]
    if not codes or any(code not in units or code in units.tree(now) for code in codes):
        return now
    last = [row.valid_until for row in units.versions if row.code in codes and row.valid_until <= now]
    return max(last) - timedelta(days=1) if last else now


def context(filters: TreeFilters, *, actor: Actor, now: date) -> dict[str, Any]:
    """The values of the template; links lead to the units as they stood on the day shown."""
    visible, units = visible_units(actor), register()
    tree = units.tree(filters.on)
    query = "" if _same_map(units, filters.on, now) else f"?on={filters.on.isoformat()}"
    matches = search_units(filters.text, on=filters.on, to=actor, limit=_MAX_MATCHES) if filters.text else []
    return {
        "filters": filters,
        "branches": _visible_branches(tree.roots, visible, query),
        "matches": [_match_row(node, tree, query) for node in matches],
        "total": sum(code in visible for code in tree),
        "comparison": _count_comparison(units, filters.on, visible),
        "days": _jump_days(units, filters),
    }


def _visible_branches(nodes: Iterable[UnitNode], visible: VisibleUnits, query: str) -> tuple[Branch, ...]:
    return tuple(branch for node in nodes if (branch := _visible_branch(node, visible, query)))


def _visible_branch(node: UnitNode, visible: VisibleUnits, query: str) -> Branch | None:
    """The unit with the visible ones below it; a unit that is not visible stays as a name to hang them on."""
    below = _visible_branches(node.children, visible, query)
    is_visible = node.code in visible
    if not below and not is_visible:
        return None
    return Branch(
        code=node.code,
        name=node.name,
        kind=node.kind_name(current_language()),
        url=reverse("org_units:detail", args=[node.code]) + query if is_visible else "",
        is_open=node.depth < _OPEN_DEPTH,
        count=sum(branch.count + bool(branch.url) for branch in below),
        branches=below,
    )


def _match_row(node: UnitNode, tree: UnitTree, query: str) -> dict[str, str]:
    above = " › ".join(each.name for each in tree.ancestors(node.code))
    return {
        "code": node.code,
        "name": node.name,
        "kind": node.kind_name(current_language()),
        "above": above,
        "url": reverse("org_units:detail", args=[node.code]) + query,
    }


def _count_comparison(units: Register, on: date, visible: VisibleUnits) -> dict[str, Any] | None:
    """How many units of each kind the actor may see before the change nearest to the day, and what they became."""
    days = nameable_change_days()
    if not days:
        return None
    change = min(days, key=lambda each: abs((each - on).days))
    visible_codes = {code for code in units.tree(change - timedelta(days=1)) if code in visible}
    followed = {
        row.successor
        for row in units.successions
        if row.on_date == change and row.predecessor in visible_codes
    }
    before = _count_by_kind(units, change - timedelta(days=1), visible_codes)
    after = _count_by_kind(units, change, followed | {code for code in units.tree(change) if code in visible})
    rows = [
        {"kind": kind.name(current_language()), "before": before[code], "after": after[code]}
        for code, kind in KINDS.items()
        if before[code] or after[code]
    ]
    return {"change": change, "last": change - timedelta(days=1), "rows": rows} if rows else None


def _count_by_kind(units: Register, day: date, codes: set[str]) -> Counter[str]:
    return Counter(node.kind for node in units.tree(day).values() if node.code in codes)


def _jump_days(units: Register, filters: TreeFilters) -> list[dict[str, Any]]:
    """Days to jump to: the last one before each change, and the day of the latest change."""
    changes = nameable_change_days()
    jumps = [
        (change - timedelta(days=1), _("before {day}").format(day=written_day(change))) for change in changes
    ]
    if changes:
        jumps.append((changes[-1], _("from {day}").format(day=written_day(changes[-1]))))
    return [
        {
            "url": _tree_query(on=day, text=filters.text),
            "text": text,
            "is_current": _same_map(units, day, filters.on),
        }
        for day, text in jumps
    ]


def _same_map(units: Register, first: date, second: date) -> bool:
    """Whether no change lies between two days."""
    changes = units.change_days()
    return sum(change <= first for change in changes) == sum(change <= second for change in changes)


def _tree_query(*, on: date, text: str) -> str:
    return "?" + urlencode({"on": on.isoformat(), **({"q": text} if text else {})})
