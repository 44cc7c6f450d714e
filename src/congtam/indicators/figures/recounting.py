"""Counting a stored figure again: the same rows, or what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congtam.foundation.public import Actor
from congtam.indicators.counting.evaluation import evaluate
from congtam.indicators.counting.scopes import THEN, unit_scope
from congtam.indicators.counting.visibility import require_rows_visible
from congtam.indicators.counting.whole_counts import whole_counts
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import all_definitions, definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope
from congtam.indicators.figures.queries import receipt
from congtam.indicators.rows.listing import keys_at
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse


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
    stored = receipt(key, to=to)
    one = _definition(stored)
    period = Period.parse(stored["period"])
    map_on = None if stored["map"] == THEN else date.fromisoformat(stored["map"])
    window = Window(period, datetime.fromisoformat(stored["as_of"]))
    scope, version = unit_scope(stored["unit"], period, map_on), warehouse.data_version(one.fact)
    require_rows_visible([one], {window: scope}, version=version, to=to)
    result = evaluate([one], {window: scope}, version=version)
    whole = whole_counts([one], {window: scope}, result, version=version).get((one.code, window), {})
    now = Figure(
        definition=one,
        unit=stored["unit"],
        period=period,
        map_on=map_on,
        as_of=window.as_of,
        data_version=version,
        scope_digest=scope.digest,
        parts=result[one.code, window].get(stored["unit"], Parts()),
        whole=whole.get(stored["unit"]),
        is_in_life=bool(scope.shares),
    )
    is_same = stored["digest"] == now.digest
    changes = None if is_same else _changes(one, window, scope, before=stored["data_version"], now=version)
    return Recount(stored=stored, now=now, changes=changes)


def _definition(stored: dict[str, Any]) -> Definition:
    """The definition the receipt was made with, else the one in force."""
    for one in all_definitions():
        if (one.code, one.version) == (stored["code"], stored["definition_version"]):
            return one
    return definition(stored["code"])


def _changes(
    one: Definition, window: Window, scope: Scope, *, before: int, now: int
) -> dict[str, RowChange] | None:
    changes: dict[str, RowChange] = {}
    for part in ("numerator", "denominator"):
        try:
            then = set(keys_at(one, window, scope, part=part, version=before))
        except warehouse.VersionGone:
            return None
        current = set(keys_at(one, window, scope, part=part, version=now))
        changes[part] = RowChange(added=tuple(sorted(current - then)), removed=tuple(sorted(then - current)))
    return changes
