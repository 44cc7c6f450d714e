"""Reading the units: the register in memory, and what an actor may see of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from congtam.foundation.public import EVERYWHERE, Actor, clock, has_own_clock, installation_notes
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import collation_key, fold
from congtam.org_units.domain.records import ALWAYS, EVER, CrosswalkRow, SuccessionRow, UnitVersionRow
from congtam.org_units.domain.register import Register, UnitHistory
from congtam.org_units.domain.tree import UnitNode, UnitTree
from congtam.org_units.models import Succession
from congtam.org_units.models import UnitVersion as VersionRow

EDITION_NOTE: Final = "org_units_edition"


def register() -> Register:
    """All units through time; read from the database once for every change of them."""
    return _cached_register(str(installation_notes().get(EDITION_NOTE, "")))


@lru_cache(maxsize=4)
def _cached_register(_edition: str) -> Register:
    return Register(_version_rows(), _succession_rows(), sort_key=collation_key)


def latest_nameable_day() -> date:
    """The last day whose units may be named: any, but in a demonstration that plays in the past its own today.

    A decision about units may be known long before it takes effect; in a demonstration with a clock of its own, what
    comes after its day has not been decided (ADR 0103).
    """
    return today(clock()) if has_own_clock() else date.max


def nameable_change_days() -> tuple[date, ...]:
    """The days on which the tree changed that pages may name, oldest first; see `latest_nameable_day`."""
    latest = latest_nameable_day()
    return tuple(day for day in register().change_days() if day <= latest)


def _version_rows() -> Iterator[UnitVersionRow]:
    for row in VersionRow.objects.select_related("unit", "parent"):
        yield UnitVersionRow(
            code=row.unit.code,
            name=row.name,
            kind=row.kind,
            parent=row.parent.code if row.parent else None,
            valid_from=row.valid.lower or EVER,
            valid_until=row.valid.upper or ALWAYS,
            legal_source=row.legal_source,
            longitude=row.longitude,
            latitude=row.latitude,
        )


def _succession_rows() -> Iterator[SuccessionRow]:
    for row in Succession.objects.select_related("predecessor", "successor"):
        yield SuccessionRow(
            predecessor=row.predecessor.code,
            successor=row.successor.code,
            on_date=row.on_date,
            weight=float(row.weight),
            whole=row.whole,
            only_forward=row.only_forward,
            legal_source=row.legal_source,
            note=row.note,
        )


@dataclass(frozen=True)
class VisibleUnits:
    """The units whose rows an actor may see (phạm vi được xem)."""

    everything: bool
    codes: frozenset[str]

    def __contains__(self, code: object) -> bool:
        return self.everything or code in self.codes


def visible_units(actor: Actor, *roles: str) -> VisibleUnits:
    """What the actor's roles reach; with roles named, only what those roles reach.

    Each grant reaches its unit, everything that was ever below it, and everything that was ever below a
    predecessor of any of those. A code that is not in the register is reached by a grant over itself.
    """
    granted = {grant.unit_code for grant in actor.grants if not roles or grant.role in roles}
    if EVERYWHERE in granted or actor.is_console:
        return VisibleUnits(everything=True, codes=frozenset())
    units = register()
    return VisibleUnits(everything=False, codes=frozenset().union(*(units.reach(code) for code in granted)))


def get_visible_unit(code: str, *, on: date, to: Actor) -> UnitNode:
    """The unit as it stands in the tree of the day, or NotFound."""
    node = register().tree(on).get(code)
    if node is None or code not in visible_units(to):
        raise NotFound(kind="unit", key=code)
    return node


def get_visible_history(code: str, *, to: Actor) -> UnitHistory:
    """The life of a unit, or NotFound."""
    unit_history = register().history(code)
    if unit_history is None or code not in visible_units(to):
        raise NotFound(kind="unit", key=code)
    return unit_history


def search_units(text: str, *, on: date, to: Actor, limit: int = 20) -> list[UnitNode]:
    """Units whose name or code matches, without regard to diacritics; names that begin with the text first."""
    tokens = fold(text).split()
    if not tokens:
        return []
    visible = visible_units(to)
    ranked = [
        (rank, node)
        for node in register().tree(on).values()
        if node.code in visible and (rank := _match_rank(node, tokens)) is not None
    ]
    ranked.sort(key=lambda pair: (pair[0], pair[1].depth, collation_key(pair[1].name)))
    return [node for _, node in ranked[:limit]]


def _match_rank(node: UnitNode, tokens: list[str]) -> int | None:
    """0 code, 1 name begins so, 2 a word begins so, 3 inside a word; None when a word is missing."""
    text = " ".join(tokens)
    name = fold(node.name)
    if fold(node.code) == text:
        return 0
    if not all(word in name for word in tokens):
        return 4 if fold(node.code).startswith(text) else None
    if name.startswith(text):
        return 1
    return 2 if f" {text}" in name else 3


def tree(on: date) -> UnitTree:
    """The tree of units on a day (cây đơn vị); computed once for every change of the units."""
    return register().tree(on)


def unit_on(code: str, on: date) -> UnitNode | None:
    """The unit as it stands in the tree of a day; None where the code means nothing that day."""
    return register().tree(on).get(code)


def find_unit(code: str) -> UnitVersionRow | None:
    """The version of a code that holds today, else the one next to today; None for a code never in use."""
    return register().nearest_version(code, today(clock()))


def find_version(code: str, on: date) -> UnitVersionRow | None:
    """The version valid on a day, else the nearest one: what to call the unit of a fact of that day."""
    return register().nearest_version(code, on)


def is_registered_unit(code: str) -> bool:
    """Whether the code was ever in use."""
    return code in register()


def crosswalk(map_on: date) -> list[CrosswalkRow]:
    """Where the facts of every code and time are shown on the map of a day (bảng quy đổi đơn vị)."""
    return register().crosswalk(map_on)


def history(code: str) -> UnitHistory | None:
    """The life of a code: versions, predecessors, successors."""
    return register().history(code)
