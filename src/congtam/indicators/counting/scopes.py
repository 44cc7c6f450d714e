"""The scope of a figure from the tree of units: each month on its own map, or all on the map of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from congtam.foundation.public import Actor, installation_notes
from congtam.indicators.domain.scope import Division, Scope, Share, merge_shares, month_of_effect
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units

THEN: Final = "then"
"""The name of the map on which every row is under the units of its own month."""


class Spread(StrEnum):
    """Into which buckets the rows go."""

    WHOLE = "whole"
    CHILDREN = "children"
    UNITS = "units"


Era = tuple[date, date, date]
"""The day of a map, and the months from which and before which it is the one to use."""


def unit_scope(unit: str, period: Period, map_on: date | None, *, is_own: bool = False) -> Scope:
    """All rows of a unit and of what is below it; with ``is_own`` only those recorded at the unit itself."""
    return unit_scopes(unit, [period], map_on, is_own=is_own)[period]


def unit_scopes(
    unit: str, periods: Iterable[Period], map_on: date | None, *, is_own: bool = False
) -> dict[Period, Scope]:
    """The same for several periods; periods within the same eras have the same scope."""
    if is_own:
        return {period: child_scope(unit, period, map_on).of_bucket(unit) for period in periods}
    edition = _unit_tree_edition()
    return {
        period: _cached_scope(
            edition, Spread.WHOLE, (unit,), eras=_list_eras(edition, period, map_on), map_on=map_on
        )
        for period in periods
    }


def child_scope(unit: str, period: Period, map_on: date | None) -> Scope:
    """The same rows, one bucket per child; rows of the unit itself are in a bucket of its own code."""
    edition = _unit_tree_edition()
    eras = _list_eras(edition, period, map_on)
    return _cached_scope(edition, Spread.CHILDREN, (unit,), eras=eras, map_on=map_on)


def units_scope(units: Iterable[str], period: Period, map_on: date | None) -> Scope:
    """One bucket per named unit with everything below it, less what is below another named one."""
    edition = _unit_tree_edition()
    eras = _list_eras(edition, period, map_on)
    return _cached_scope(edition, Spread.UNITS, tuple(sorted(set(units))), eras=eras, map_on=map_on)


def require_visible(unit: str, to: Actor) -> None:
    """NotFound for a unit that does not exist or that the actor may not see."""
    require_all_visible([unit], to)


def require_all_visible(units: Iterable[str], to: Actor) -> None:
    """The same for several units, with one look at what the actor may see."""
    unit_codes, visible = _all_unit_codes(_unit_tree_edition()), org_units.visible_units(to)
    for unit in units:
        if unit not in unit_codes or unit not in visible:
            raise NotFound(kind="unit", key=unit)


def _unit_tree_edition() -> str:
    return str(installation_notes().get(org_units.EDITION_NOTE, ""))


@lru_cache(maxsize=512)
def _cached_scope(
    _edition: str, spread: Spread, units: tuple[str, ...], *, eras: tuple[Era, ...], map_on: date | None
) -> Scope:
    shares: list[Share] = []
    divisions: list[Division] = []
    for map_day, since, until in eras:
        buckets = _bucket_of_unit(spread, units, map_day)
        shares.extend(_era_shares(buckets, map_day, since, until=until))
        divisions.extend(_era_divisions(buckets, map_day, since, until=until))
    return merge_shares(THEN if map_on is None else map_on.isoformat(), shares, divisions)


def _list_eras(edition: str, period: Period, map_on: date | None) -> tuple[Era, ...]:
    """For each stretch of the period without a change of the tree: its map and its months."""
    if map_on is not None:
        return ((map_on, date.min, date.max),)
    eras = []
    for map_day, until in pairwise([date.min, *_change_days(edition), date.max]):
        since, until_month = month_of_effect(map_day), month_of_effect(until)
        if since < period.end and until_month > period.start and since < until_month:
            eras.append((map_day, since, until_month))
    return tuple(eras)


@lru_cache(maxsize=4)
def _all_unit_codes(_edition: str) -> frozenset[str]:
    """Every code that was ever in use: a crosswalk has rows for each of them."""
    return frozenset(row.unit_code for row in org_units.crosswalk(date.max))


@lru_cache(maxsize=4)
def _change_days(edition: str) -> tuple[date, ...]:
    """The days on which any unit began, ended or changed, oldest first."""
    lives = [life for code in _all_unit_codes(edition) if (life := org_units.history(code)) is not None]
    days = {day for life in lives for one in life.versions for day in (one.valid_from, one.valid_until)}
    return tuple(sorted(days - {date.min, date.max}))


def _bucket_of_unit(spread: Spread, units: tuple[str, ...], map_day: date) -> Mapping[str, str]:
    """For each unit code of the map, the bucket its rows are in."""
    tree = org_units.tree(map_day)
    buckets = {unit: unit for unit in units}
    if spread == Spread.CHILDREN:
        roots = [child.code for unit in units if unit in tree for child in tree[unit].children]
    else:
        roots = sorted(units, key=lambda code: tree[code].depth if code in tree else 0)
    for root in roots:
        buckets |= dict.fromkeys(tree.subtree(root), root)
    return buckets


def _era_shares(buckets: Mapping[str, str], map_day: date, since: date, *, until: date) -> Iterator[Share]:
    for row in org_units.crosswalk(map_day):
        bucket = buckets.get(row.target_code)
        start = max(since, month_of_effect(row.valid_from or date.min))
        end = min(until, month_of_effect(row.valid_until or date.max))
        if bucket is not None and start < end:
            yield Share(row.unit_code, bucket, start, end, Decimal(str(round(row.weight, 9))))


def _era_divisions(
    buckets: Mapping[str, str], map_day: date, since: date, *, until: date
) -> Iterator[Division]:
    """The units of the era that several units of the map share, where one of these is in a bucket."""
    targets: dict[tuple[str, date, date], list[tuple[str, Decimal, str | None]]] = defaultdict(list)
    for row in org_units.crosswalk(map_day):
        start = max(since, month_of_effect(row.valid_from or date.min))
        end = min(until, month_of_effect(row.valid_until or date.max))
        if row.weight < 1 and start < end:
            weight = Decimal(str(round(row.weight, 9)))
            targets[row.unit_code, start, end].append((row.target_code, weight, buckets.get(row.target_code)))
    for (unit_code, start, end), shared in targets.items():
        if any(bucket is not None for _target, _weight, bucket in shared):
            yield Division(unit_code, start, end, tuple(shared))
