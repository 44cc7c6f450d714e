"""Counting a stored figure again: the same rows, or what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congtam.foundation.public import Actor
from congtam.indicators.counting.scopes import THEN, unit_scope
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import narrowed_definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.flags import FlagDefinition
from congtam.indicators.domain.scope import Scope
from congtam.indicators.figures.building import count_figure
from congtam.indicators.figures.queries import figures_of_periods
from congtam.indicators.figures.stored_receipts import get_stored_receipt
from congtam.indicators.rows.flags import find_flag, flag_figure, flag_keys
from congtam.indicators.rows.listing import row_keys_at_version
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

_Keys = Callable[[str, int], list[str]]
"""The keys of a part in a data version."""


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """Which rows a part of a figure has gained and lost."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recount:
    """A stored receipt beside the figure as it is counted now (kiểm đếm lại).

    ``changes`` names the rows of numerator and denominator that were added and removed; it is None where nothing
    changed, or where the data of that time are no longer kept. Rows whose content changed are in neither list.
    """

    stored: dict[str, Any]
    now: Figure
    changes: dict[str, RowChange] | None

    @property
    def is_same(self) -> bool:
        """Whether the same definition over the same rows and units gives the same figure."""
        return bool(self.stored["digest"] == self.now.digest)


def recount(key: str, *, to: Actor) -> Recount:
    """Count a stored figure again on the data of now, or NotFound."""
    stored = get_stored_receipt(key, to=to)
    flag = find_flag(stored["code"], stored["definition_version"])
    if "parts" in stored:
        return _recount_composition(stored, to=to)
    return _recount_flag(stored, flag, to=to) if flag else _recount_indicator(stored, to=to)


def _recount_composition(stored: dict[str, Any], *, to: Actor) -> Recount:
    """By the version of the receipt; which rows came and went is said by the receipts of its parts."""
    one = narrowed_definition(stored["code"], version=stored["definition_version"])
    period = Period.parse(stored["period"])
    map_on = None if stored["map"] == THEN else date.fromisoformat(stored["map"])
    now = figures_of_periods(
        [one.code], unit=stored["unit"], periods=[period], to=to, map_on=map_on, drafts=[one]
    )[period][one.code]
    return Recount(stored=stored, now=now, changes=None if now.digest == stored["digest"] else {})


def _recount_indicator(stored: dict[str, Any], *, to: Actor) -> Recount:
    one = narrowed_definition(stored["code"], version=stored["definition_version"])
    window, scope, map_on = _window_of_receipt(stored)
    version = warehouse.data_version(one.fact)
    now = count_figure(one, stored["unit"], window, scope=scope, version=version, map_on=map_on, to=to)

    def keys_of(part: str, version: int) -> list[str]:
        return row_keys_at_version(one, window, scope, part=part, version=version, to=to)

    return _build_recount(stored, now, parts=("numerator", "denominator"), keys_of=keys_of)


def _recount_flag(stored: dict[str, Any], flag: FlagDefinition, *, to: Actor) -> Recount:
    """The number of rows that show a red flag; only these are compared, not those among which it can be."""
    window, scope, map_on = _window_of_receipt(stored)
    now = flag_figure(flag, unit=stored["unit"], window=window, scope=scope, map_on=map_on, to=to)

    def keys_of(_part: str, version: int) -> list[str]:
        return flag_keys(flag, window, scope, version=version, to=to)

    return _build_recount(stored, now, parts=("numerator",), keys_of=keys_of)


def _window_of_receipt(stored: dict[str, Any]) -> tuple[Window, Scope, date | None]:
    """Window, units and map of a stored receipt."""
    period = Period.parse(stored["period"])
    map_on = None if stored["map"] == THEN else date.fromisoformat(stored["map"])
    window = Window(period, datetime.fromisoformat(stored["as_of"]))
    return window, unit_scope(stored["unit"], period, map_on), map_on


def _build_recount(stored: dict[str, Any], now: Figure, *, parts: Sequence[str], keys_of: _Keys) -> Recount:
    is_same = stored["digest"] == now.digest
    before, current = stored["data_version"], now.data_version
    changes = None if is_same else _row_changes(parts, keys_of, before=before, now=current)
    return Recount(stored=stored, now=now, changes=changes)


def _row_changes(
    parts: Sequence[str], keys_of: _Keys, *, before: int, now: int
) -> dict[str, RowChange] | None:
    changes: dict[str, RowChange] = {}
    for part in parts:
        try:
            then = set(keys_of(part, before))
        except warehouse.VersionGone:
            return None
        current = set(keys_of(part, now))
        changes[part] = RowChange(added=tuple(sorted(current - then)), removed=tuple(sorted(then - current)))
    return changes
