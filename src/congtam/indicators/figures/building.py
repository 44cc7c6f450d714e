"""How a figure is made of what was counted: for pages, for trials, for recounts alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from congtam.foundation.public import Actor
from congtam.indicators.counting.evaluation import Result, evaluate
from congtam.indicators.counting.hiding import least_shown
from congtam.indicators.counting.sources import further_sources
from congtam.indicators.counting.visibility import require_rows_visible
from congtam.indicators.counting.whole_counts import WholeByBucket, whole_counts
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope
from congtam.indicators.targets.queries import TargetBook, target_book
from congtam.kernel.errors import NotFound
from congtam.warehouse import public as warehouse


def definitions_by_fact(
    codes: Iterable[str], last_day: date, drafts: Iterable[Definition] = ()
) -> list[tuple[list[Definition], int]]:
    """The definitions in force on a day, by fact, each fact with its data version; compositions are none of these.

    ``drafts`` are definitions that are not saved yet; they go before those of their codes.
    """
    trial = {one.code: one for one in drafts}
    groups: dict[str, list[Definition]] = {}
    for code in dict.fromkeys(codes):
        one = trial.get(code) or definition(code, on=last_day)
        if one.is_composed:
            raise NotFound(kind="indicator", key=code)
        groups.setdefault(one.fact, []).append(one)
    return [(group, warehouse.data_version(fact)) for fact, group in groups.items()]


@dataclass(frozen=True)
class FigureCounts:
    """What was counted, exact and as whole numbers, and what it should reach."""

    parts: Result
    whole: WholeByBucket
    targets: TargetBook


def count_figures(
    definitions: list[Definition], scopes: Mapping[Window, Scope], *, version: int
) -> FigureCounts:
    """Count definitions of one fact in windows; whoever calls has checked who asks."""
    result = evaluate(definitions, scopes, version=version)
    whole = whole_counts(definitions, scopes, result, version=version)
    return FigureCounts(result, whole, target_book([one.code for one in definitions]))


def count_figure(
    one: Definition,
    unit: str,
    window: Window,
    *,
    scope: Scope,
    version: int,
    map_on: date | None,
    to: Actor,
    is_withheld: bool = False,
) -> Figure:
    """Count one definition for a unit; RowsNotVisible for whoever may not see its rows."""
    require_rows_visible([one], {window: scope}, version=version, to=to)
    counts = count_figures([one], {window: scope}, version=version)
    return build_figure(
        one,
        unit,
        window,
        scope=scope,
        counts=counts,
        version=version,
        map_on=map_on,
        is_withheld=is_withheld,
    )


def build_figure(
    one: Definition,
    unit: str,
    window: Window,
    *,
    scope: Scope,
    counts: FigureCounts,
    version: int,
    map_on: date | None,
    is_withheld: bool = False,
) -> Figure:
    """The figure of a unit from what was counted, with its targets; without parts where it is withheld."""
    return Figure(
        definition=one,
        unit=unit,
        period=window.period,
        map_on=map_on,
        as_of=window.as_of,
        data_version=version,
        scope_digest=scope.digest,
        parts=Parts() if is_withheld else counts.parts[one.code, window].get(unit, Parts()),
        whole=None if is_withheld else counts.whole.get((one.code, window), {}).get(unit),
        is_in_life=bool(scope.shares),
        withheld_below=least_shown(one) if is_withheld else None,
        further_sources=further_sources(one),
        set_target=counts.targets.find(one.code, unit=unit, on=window.period.last_day),
    )
