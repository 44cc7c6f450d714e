"""Units as the pages of figures name them (tên đơn vị trên trang số liệu)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from congtam.foundation.public import Actor, clock, has_own_clock
from congtam.indicators.selection.choices import FigureChoice
from congtam.indicators.selection.links import page_url
from congtam.kernel.clock import today
from congtam.kernel.periods import DAY
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

MOST_RELATED: Final = 6


def unit_header(code: str, choice: FigureChoice, actor: Actor) -> dict[str, Any]:
    """The unit at the head of a page: name, kind, the units above it, and since when or until when it is."""
    version = org_units.find_version(code, choice.tree_day)
    return {
        "code": code,
        "name": org_units.unit_name(code, choice.tree_day),
        "kind": org_units.find_kind(version.kind).name(current_language()) if version else "",
        "validity": _validity_text(version),
        "url": page_url("org_units:detail", code),
        "above": _units_above(code, choice, actor),
        "absence": _unit_absence(code, choice, actor),
    }


def _unit_absence(code: str, choice: FigureChoice, actor: Actor) -> dict[str, Any] | None:
    """Said where the unit is not in the tree that is shown, with the units that its rows are under.

    ``is_whole`` where it exists in no part of the period: there is nothing to count, and the page shows no figures.
    """
    if code in org_units.tree(choice.tree_day):
        return None
    life = org_units.history(code)
    versions = life.versions if life else ()
    in_period = (
        [one for one in versions if one.overlaps(choice.period.start, choice.period.end)]
        if choice.map_on is None
        else []
    )
    first_day = min((one.valid_from for one in versions), default=choice.tree_day)
    return {
        "day": ui.day(choice.tree_day),
        "is_whole": not in_period,
        "is_before": choice.tree_day < first_day,
        "last_day": ui.day(max(one.valid_until for one in in_period) - DAY) if in_period else "",
        "units": [
            {"name": node.name, "url": f"{reverse('indicators:unit', args=[node.code])}?{choice.query}"}
            for node in _related_units(code, choice, actor)
        ],
    }


def _related_units(code: str, choice: FigureChoice, actor: Actor) -> list[org_units.UnitNode]:
    """The units of the shown tree that came before or after it, also over several changes; the largest share first."""
    tree, visible = org_units.tree(choice.tree_day), org_units.visible_units(actor)
    weights: dict[str, float] = {}
    for row in org_units.crosswalk(choice.tree_day):
        if row.unit_code == code and row.target_code != code:
            weights[row.target_code] = max(row.weight, weights.get(row.target_code, 0.0))
    others = sorted(weights, key=lambda other: (-weights[other], other))
    return [tree[other] for other in others if other in tree and other in visible][:MOST_RELATED]


def _units_above(code: str, choice: FigureChoice, actor: Actor) -> list[dict[str, str]]:
    """The units above, from the top; those the reader may not see have no link."""
    visible = org_units.visible_units(actor)
    return [
        {
            "name": node.name,
            "url": f"{reverse('indicators:unit', args=[node.code])}?{choice.query}"
            if node.code in visible
            else "",
        }
        for node in org_units.tree(choice.tree_day).ancestors(code)
    ]


def _validity_text(version: org_units.UnitVersionRow | None) -> str:
    """Since when or until when; a demonstration in the past knows of no end that came later."""
    if version is not None and version.closes and has_own_clock() and version.closes > today(clock()):
        version = replace(version, valid_until=date.max)
    if version is None or (version.opens is None and version.closes is None):
        return ""
    if version.closes is None:
        return gettext("since {day}").format(day=f"{version.opens:%d/%m/%Y}")
    return gettext("until {day}").format(day=f"{version.closes - DAY:%d/%m/%Y}")
