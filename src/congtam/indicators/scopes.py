"""The scope of a figure from the tree of units: each month on its own map, or all on the map of one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from congtam.foundation.public import Actor, installation_notes
from congtam.indicators.domain.scope import Scope, Share, merged, month_of_effect
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units

THEN: Final = "then"
"""The name of the map on which every row is under the units of its own month."""


def unit_scope(unit: str, period: Period, map_on: date | None) -> Scope:
    """All rows of a unit and of what is below it."""
    return _scope(_edition(), unit, period, map_on=map_on, by_child=False)


def child_scope(unit: str, period: Period, map_on: date | None) -> Scope:
    """The same rows, one bucket per child; rows of the unit itself are in a bucket of its own code."""
    return _scope(_edition(), unit, period, map_on=map_on, by_child=True)


def require_visible(unit: str, to: Actor) -> None:
    """NotFound for a unit that does not exist or that the actor may not see."""
    if not org_units.is_known(unit) or unit not in org_units.visible_units(to):
        raise NotFound(kind="unit", key=unit)


def _edition() -> str:
    return str(installation_notes().get(org_units.EDITION_NOTE, ""))


@lru_cache(maxsize=1024)
def _scope(_edition: str, unit: str, period: Period, *, map_on: date | None, by_child: bool) -> Scope:
    shares: list[Share] = []
    for map_day, since, until in _eras(period, map_on):
        buckets = _buckets(unit, map_day, by_child=by_child)
        shares.extend(_era_shares(buckets, map_day, since, until=until))
    return merged(THEN if map_on is None else map_on.isoformat(), shares)


def _eras(period: Period, map_on: date | None) -> Iterator[tuple[date, date, date]]:
    """For each stretch of the period without a change of the tree: the day of its map, its start and its end."""
    if map_on is not None:
        yield map_on, date.min, date.max
        return
    for map_day, until in pairwise([date.min, *_change_days(_edition()), date.max]):
        since, until_month = month_of_effect(map_day), month_of_effect(until)
        if since < period.end and until_month > period.start and since < until_month:
            yield map_day, since, until_month


@lru_cache(maxsize=4)
def _change_days(_edition: str) -> tuple[date, ...]:
    """The days on which any unit began, ended or changed, oldest first."""
    codes = {row.unit_code for row in org_units.crosswalk(date.max)}
    lives = [life for code in codes if (life := org_units.history(code)) is not None]
    days = {day for life in lives for one in life.versions for day in (one.valid_from, one.valid_until)}
    return tuple(sorted(days - {date.min, date.max}))


def _buckets(unit: str, map_day: date, *, by_child: bool) -> Mapping[str, str]:
    """For each unit code of the map, the bucket its rows are in."""
    tree = org_units.tree(map_day)
    found = {unit: unit}
    if not by_child or unit not in tree:
        return found | dict.fromkeys(tree.subtree(unit), unit)
    for child in tree[unit].children:
        found |= dict.fromkeys(tree.subtree(child.code), child.code)
    return found


def _era_shares(buckets: Mapping[str, str], map_day: date, since: date, *, until: date) -> Iterator[Share]:
    for row in org_units.crosswalk(map_day):
        bucket = buckets.get(row.target_code)
        start = max(since, month_of_effect(row.valid_from or date.min))
        end = min(until, month_of_effect(row.valid_until or date.max))
        if bucket is not None and start < end:
            yield Share(row.unit_code, bucket, start, end, Decimal(str(round(row.weight, 9))))
