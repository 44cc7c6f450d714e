"""Figures, always for an actor: of a unit, through time, by child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from congtam.foundation.public import Actor
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.scopes import (
    child_scope,
    require_all_visible,
    require_visible,
    unit_scope,
    unit_scopes,
    units_scope,
)
from congtam.indicators.counting.visibility import require_rows_visible
from congtam.indicators.counting.windows import Window
from congtam.indicators.counting.withholding import Withholding
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.narrowing import Narrowing
from congtam.indicators.figures.building import build_figure, count_figures, definitions_by_fact
from congtam.indicators.figures.composing import ByUnit, count_composed
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units

Groups = Sequence[tuple[list[Definition], int]]
"""Definitions by fact, with the data version of the fact."""
_AT_ONCE: Final = 20
"""So many narrowed figures fit into one pass, whose conditions are numbered in a whole number of 63 bits."""


def figure(code: str, *, unit: str, period: Period, to: Actor, map_on: date | None = None) -> Figure:
    """One figure of a unit and everything below it (số liệu của đơn vị)."""
    return figures([code], unit=unit, period=period, to=to, map_on=map_on)[code]


def figures(
    codes: Sequence[str], *, unit: str, period: Period, to: Actor, map_on: date | None = None
) -> dict[str, Figure]:
    """Several figures of one unit and period, counted together."""
    return figures_of_periods(codes, unit=unit, periods=[period], to=to, map_on=map_on)[period]


def figures_of_periods(
    codes: Sequence[str],
    *,
    unit: str,
    periods: Sequence[Period],
    to: Actor,
    map_on: date | None = None,
    is_own: bool = False,
    drafts: Sequence[Definition] = (),
) -> dict[Period, dict[str, Figure]]:
    """The same for several periods at once, such as this one, the one before and the same of last year.

    With ``is_own`` only rows recorded at the unit itself are counted, not those below it. ``drafts`` are definitions
    that are not saved yet.
    """
    require_visible(unit, to)

    def count(plain: Sequence[str], same: Sequence[Period]) -> Mapping[Period, Mapping[str, ByUnit]]:
        groups = definitions_by_fact(plain, last_day, drafts)
        return _count_unit(groups, same, unit=unit, to=to, map_on=map_on, is_own=is_own)

    last_day = max(period.last_day for period in periods) if periods else date.min
    composer = count_composed(codes, periods, count, drafts=drafts)
    return {
        period: {code: _present(composer.figure(code, unit, period)) for code in codes} for period in periods
    }


def _present(figure: Figure | None) -> Figure:
    """A figure of the unit that was asked for: every part of it was counted."""
    if figure is None:
        raise LookupError("a figure was not counted")
    return figure


def _count_unit(
    groups: Groups, periods: Sequence[Period], *, unit: str, to: Actor, map_on: date | None, is_own: bool
) -> dict[Period, dict[str, ByUnit]]:
    """Plain indicators of one unit, by period and code."""
    windows = {period: window_of(period) for period in periods}
    by_period = unit_scopes(unit, periods, map_on, is_own=is_own)
    scopes = {window: by_period[period] for period, window in windows.items()}
    counted: dict[Period, dict[str, ByUnit]] = {period: {} for period in periods}
    for definitions, version in groups:
        require_rows_visible(definitions, scopes, version=version, to=to)
        counts = count_figures(definitions, scopes, version=version)
        withholding = Withholding(version=version, map_on=map_on, to=to)
        for period, window in windows.items():
            for one in definitions:
                own = build_figure(
                    one, unit, window, scope=scopes[window], counts=counts, version=version, map_on=map_on,
                    is_withheld=withholding.of_unit(one, window, unit, is_own=is_own),
                )  # fmt: skip
                counted[period][one.code] = {unit: own}
    return counted


def narrowed_figures(
    codes: Sequence[str], narrowings: Sequence[Narrowing], *, unit: str, period: Period, to: Actor
) -> dict[tuple[str, Narrowing], Figure]:
    """Several figures of a unit and period, each of the rows alone that say one thing in one column."""
    require_visible(unit, to)
    window = window_of(period)
    scope = unit_scope(unit, period, None)
    found: dict[tuple[str, Narrowing], Figure] = {}
    for definitions, version in definitions_by_fact(codes, period.last_day):
        require_rows_visible(definitions, {window: scope}, version=version, to=to)
        narrowed = [((one.code, by), one.narrow(by)) for by in narrowings for one in definitions]
        withheld = _withheld_narrowings(definitions, narrowings, window, unit=unit, version=version, to=to)
        for start in range(0, len(narrowed), _AT_ONCE):
            part = dict(narrowed[start : start + _AT_ONCE])
            counts = count_figures(list(part.values()), {window: scope}, version=version)
            for key, one in part.items():
                found[key] = build_figure(
                    one, unit, window, scope=scope, counts=counts, version=version, map_on=None,
                    is_withheld=key in withheld,
                )  # fmt: skip
    return found


def _withheld_narrowings(
    definitions: Sequence[Definition],
    narrowings: Sequence[Narrowing],
    window: Window,
    *,
    unit: str,
    version: int,
    to: Actor,
) -> set[tuple[str, Narrowing]]:
    """Which figures of single values of a column are withheld; the values of one column add up to the unit's figure."""
    withholding = Withholding(version=version, map_on=None, to=to)
    withheld: set[tuple[str, Narrowing]] = set()
    for one in definitions:
        for column in {by.column for by in narrowings}:
            of_column = {by.value: by for by in narrowings if by.column == column}
            narrowed = {value: one.narrow(by) for value, by in of_column.items()}
            names = withholding.of_narrowed(narrowed, one, window=window, unit=unit)
            withheld |= {(one.code, of_column[name]) for name in names}
    return withheld


def without_due_date_figure(shown: Figure, *, to: Actor, is_own: bool = False) -> Figure | None:
    """How many rows beside a rate had no due date (số hồ sơ không có hạn), as a figure; None where none applies."""
    code = shown.definition.without_due_date
    if not code:
        return None
    period = shown.period
    return figures_of_periods(
        [code], unit=shown.unit, periods=[period], to=to, map_on=shown.map_on, is_own=is_own
    )[period][code]


def trend(
    code: str, *, unit: str, months: Sequence[Period], to: Actor, map_on: date | None = None
) -> list[Figure]:
    """A figure period after period (xu hướng)."""
    return trends([code], unit=unit, months=months, to=to, map_on=map_on)[code]


def trends(
    codes: Sequence[str], *, unit: str, months: Sequence[Period], to: Actor, map_on: date | None = None
) -> dict[str, list[Figure]]:
    """Several figures period after period, counted together."""
    by_period = figures_of_periods(codes, unit=unit, periods=months, to=to, map_on=map_on)
    return {code: [by_period[month][code] for month in months] for code in codes}


def figure_by_child(
    code: str, *, unit: str, period: Period, to: Actor, map_on: date | None = None
) -> list[tuple[str, Figure]]:
    """A figure of every unit directly below (theo đơn vị trực thuộc), in the order of the tree.

    Rows recorded under the unit itself come last, under its own code, so that the parts add up to its figure.
    """
    return figures_by_child([code], unit=unit, period=period, to=to, map_on=map_on)[code]


def figures_by_child(
    codes: Sequence[str],
    *,
    unit: str,
    period: Period,
    to: Actor,
    map_on: date | None = None,
    drafts: Sequence[Definition] = (),
) -> dict[str, list[tuple[str, Figure]]]:
    """Several figures of every unit directly below, counted together."""
    require_visible(unit, to)

    def count(plain: Sequence[str], same: Sequence[Period]) -> Mapping[Period, Mapping[str, ByUnit]]:
        groups = definitions_by_fact(plain, period.last_day, drafts)
        return {one: _count_children(groups, one, unit=unit, to=to, map_on=map_on) for one in same}

    composer = count_composed(codes, [period], count, drafts=drafts)
    by_code = {
        code: [(child, composer.figure(code, child, period)) for child in composer.units(code, period)]
        for code in codes
    }
    return {code: [(child, one) for child, one in pairs if one] for code, pairs in by_code.items()}


def _count_children(
    groups: Groups, period: Period, *, unit: str, to: Actor, map_on: date | None
) -> dict[str, ByUnit]:
    """Plain indicators of every unit directly below, by code, in the order of the tree."""
    window = window_of(period)
    scope = child_scope(unit, period, map_on)
    order = _sort_units(scope.buckets, unit, period, map_on=map_on)
    by_code: dict[str, ByUnit] = {}
    for definitions, version in groups:
        require_rows_visible(definitions, {window: scope}, version=version, to=to)
        counts = count_figures(definitions, {window: scope}, version=version)
        withholding = Withholding(version=version, map_on=map_on, to=to)
        for one in definitions:
            withheld = withholding.of_children(one, window, unit)
            by_code[one.code] = {
                bucket: build_figure(
                    one, bucket, window, scope=scope.of_bucket(bucket),
                    counts=counts, version=version, map_on=map_on, is_withheld=bucket in withheld,
                )
                for bucket in order
                if bucket != unit or unit in counts.parts[one.code, window]
            }  # fmt: skip
    return by_code


def figures_by_unit(
    codes: Sequence[str], *, units: Sequence[str], period: Period, to: Actor, map_on: date | None = None
) -> dict[str, dict[str, Figure]]:
    """Several figures of several units, none of which is below another, counted together: by code, then unit."""
    require_all_visible(units, to)

    def count(plain: Sequence[str], same: Sequence[Period]) -> Mapping[Period, Mapping[str, ByUnit]]:
        groups = definitions_by_fact(plain, period.last_day)
        return {one: _count_units(groups, one, units=units, to=to, map_on=map_on) for one in same}

    composer = count_composed(codes, [period], count)
    return {code: {unit: _present(composer.figure(code, unit, period)) for unit in units} for code in codes}


def _count_units(
    groups: Groups, period: Period, *, units: Sequence[str], to: Actor, map_on: date | None
) -> dict[str, ByUnit]:
    """Plain indicators of several units, by code."""
    window = window_of(period)
    scope = units_scope(units, period, map_on)
    by_code: dict[str, ByUnit] = {}
    for definitions, version in groups:
        require_rows_visible(definitions, {window: scope}, version=version, to=to)
        counts = count_figures(definitions, {window: scope}, version=version)
        withholding = Withholding(version=version, map_on=map_on, to=to)
        for one in definitions:
            by_code[one.code] = {
                unit: build_figure(
                    one, unit, window, scope=scope.of_bucket(unit),
                    counts=counts, version=version, map_on=map_on,
                    is_withheld=withholding.of_unit(one, window, unit),
                )
                for unit in units
            }  # fmt: skip
    return by_code


def _sort_units(buckets: Iterable[str], unit: str, period: Period, *, map_on: date | None) -> list[str]:
    tree = org_units.tree(map_on or period.last_day)
    position = {code: number for number, code in enumerate(tree)}
    return sorted(buckets, key=lambda code: (code == unit, position.get(code, len(position)), code))
