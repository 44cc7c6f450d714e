"""The offices that carry out a procedure today (cơ quan giải quyết)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.org_units.public import find_kind, tree

_WITHOUT_A_DESK: Final = frozenset(
    {
        "division",
        "commune_department",
        "school",
        "party_body",
        "mass_organisation",
        "steering_committee",
        "other",
    }
)
"""Kinds of units that receive nothing at a level: the one-stop shop above them does (NĐ 61/2018/NĐ-CP Điều 7)."""


def office_codes(levels: Collection[str]) -> frozenset[str]:
    """The units of these levels; of all where none is named."""
    return frozenset(code for _above, offices in offices_by_parent(levels) for code, _name in offices)


def offices_by_parent(levels: Collection[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same with their names, under the name of the unit above them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    units = tree(today(clock()))
    for code in units:
        node = units[code]
        kind = find_kind(node.kind)
        is_office = kind.level.name.lower() in levels and kind.code not in _WITHOUT_A_DESK
        if not levels or is_office:
            above = units[node.parent].name if node.parent else ""
            groups.setdefault(above, []).append((code, node.name))
    return list(groups.items())
