"""What a figure says beyond chance (số liệu và ngẫu nhiên): its process, and which of many figures are alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from congtam.indicators.domain.figure import Figure
from congtam.kernel.periods import Period
from congtam.kernel.statistics.binomial import chance_of_at_most
from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.dispersion import dispersion
from congtam.kernel.statistics.false_discovery import discoveries
from congtam.kernel.statistics.funnel import funnel
from congtam.kernel.statistics.process_chart import ProcessChart, share_chart, value_chart
from congtam.kernel.statistics.season import season_of

HISTORY_MONTHS: Final = 36
"""So many months make the process chart of what adds up over months, or as many as there are."""
INSTANT_MONTHS: Final = 24
"""For medians and for what stands at an instant, which are counted month by month."""
DISPERSION_MONTHS: Final = 24
"""How far back the months of a unit are compared for its interval."""

Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class Process:
    """The months of a figure in order, with the chart of those that are over; ``chart`` is None without limits."""

    months: tuple[Figure, ...]
    judged: tuple[Figure, ...]
    chart: ProcessChart | None


def history_months(period: Period, count: int = HISTORY_MONTHS) -> list[Period]:
    """The last months of a period and those before it, oldest first."""
    last = Period.month_of(period.last_day)
    return [last.shift_by(-back) for back in range(count - 1, -1, -1)]


def process_of(figures: Sequence[Figure], *, today: date) -> Process:
    """The process of an indicator and unit, from its months in order.

    Months before the first row and after the last one are left out, so are months without a value; a month that is
    not over is drawn and not judged.
    """
    with_rows = [at for at, one in enumerate(figures) if one.denominator or one.value]
    inside = figures[with_rows[0] : with_rows[-1] + 1] if with_rows else ()
    months = tuple(one for one in inside if one.value is not None)
    judged = tuple(one for one in months if one.period.end <= today)
    return Process(months=months, judged=judged, chart=_chart(judged))


def _chart(figures: Sequence[Figure]) -> ProcessChart | None:
    if not figures:
        return None
    seasons = [season_of(one.period.start) for one in figures]
    if figures[0].definition.is_share:
        return share_chart([counts_of(one) for one in figures], seasons)
    return value_chart([float(one.value or 0) for one in figures], seasons)


def counts_of(figure: Figure) -> Counts:
    """The counts of a rate that has rows."""
    denominator = float(figure.denominator)
    return Counts(min(float(figure.numerator), denominator), denominator)


def month_dispersion(months: Mapping[date, Counts]) -> float:
    """By how much the variance of a unit's months exceeds chance (φ), by the first day of each; 1 where not shown."""
    ordered = sorted(months)
    return dispersion([months[month] for month in ordered], [season_of(month) for month in ordered])


def with_dispersion(figure: Figure, process: Process) -> Figure:
    """The figure with an interval that allows for how much its months differ."""
    if not figure.definition.is_share:
        return figure
    recent = {one.period: one for one in process.judged}
    months = [recent[month] for month in history_months(figure.period, DISPERSION_MONTHS) if month in recent]
    counts = {one.period.start: counts_of(one) for one in months if one.denominator}
    return replace(figure, dispersion=month_dispersion(counts))


def chance_of_missing(figure: Figure) -> float | None:
    """How likely a process that just reaches its target shows so bad a rate; None where there is nothing to test."""
    target, better = figure.target, figure.definition.better
    if target is None or better == "none" or not figure.definition.is_share or not figure.denominator:
        return None
    if not 0 <= target.value <= 1:
        return None
    counts = counts_of(figure)
    effective = Counts(counts.numerator / figure.dispersion, counts.denominator / figure.dispersion)
    return _chance_against(effective, target.value, better)


@dataclass(frozen=True, kw_only=True)
class MissedTargets:
    """Of a family of figures with a target, those that miss it by more than chance (chỉ tiêu không đạt rõ ràng)."""

    alarms: frozenset[str]
    family: int


def missed_targets(figures: Mapping[str, Figure]) -> MissedTargets:
    """Which figures of a page are alarms against their target; the family are all that can be tested."""
    chances = {key: chance for key, one in figures.items() if (chance := chance_of_missing(one)) is not None}
    return MissedTargets(alarms=discoveries(chances), family=len(chances))


def changed(processes: Mapping[Key, Process]) -> frozenset[Key]:
    """Of a family of processes, those whose newest month is a signal by more than chance (quá trình đã thay đổi)."""
    return discoveries({key: one.chart.chance for key, one in processes.items() if one.chart})


def weakest_units(whole: Figure, below: Mapping[str, Figure], *, minimum: int) -> tuple[frozenset[str], int]:
    """The units below a whole that are worse by more than chance, and how many were compared.

    Five or more are held against each other by a funnel, fewer against the rate of the whole. Units with fewer than
    ``minimum`` rows are not compared; rates of which neither way is better have no weakest.
    """
    counts = {code: counts_of(one) for code, one in below.items() if one.denominator >= minimum}
    better = whole.definition.better
    if not counts or better == "none" or not whole.denominator:
        return frozenset(), 0
    rate = counts_of(whole).rate
    plot = funnel(counts)
    chances = (
        plot.chances if plot else {code: _chance_against(one, rate, better) for code, one in counts.items()}
    )
    centre = plot.rate if plot else rate
    sign = 1 if better == "higher" else -1
    worse = {code for code, one in counts.items() if sign * (one.rate - centre) < 0}
    return discoveries(chances) & worse, len(counts)


def _chance_against(counts: Counts, rate: float, better: str) -> float:
    """How likely a unit at this rate shows so bad a share or a worse one."""
    if better == "higher":
        return chance_of_at_most(counts.numerator, counts.denominator, rate)
    return chance_of_at_most(counts.denominator - counts.numerator, counts.denominator, 1 - rate)
