"""How a figure is made of what was counted: for pages, for trials, for recounts alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congtam.indicators.counting.evaluation import Result, evaluate
from congtam.indicators.counting.sources import further_sources
from congtam.indicators.counting.whole_counts import WholeByBucket, whole_counts
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope
from congtam.indicators.targets.queries import TargetBook, target_book
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse


def definitions_by_fact(
    codes: Iterable[str], periods: Sequence[Period]
) -> list[tuple[list[Definition], int]]:
    """The definitions in force at the end of the last period, by fact, each fact with its data version."""
    last_day = max(period.last_day for period in periods)
    groups: dict[str, list[Definition]] = {}
    for code in dict.fromkeys(codes):
        one = definition(code, on=last_day)
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
        withheld_below=warehouse.fact(one.fact).smallest_group if is_withheld else None,
        further_sources=further_sources(one),
        set_target=counts.targets.find(one.code, unit=unit, on=window.period.last_day),
    )
