"""The figures of a leader's home (số liệu trang chủ lãnh đạo): what moved, who stands where; always for an actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from congtam.foundation.public import Actor, clock
from congtam.home.domain.movement import MonthCounts, Movement, Standing, count_movement, rate_movement
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure, Verdict
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.kernel.statistics.ranking import MINIMUM_CASES, Peer, rank
from congtam.org_units.public import UnitNode, are_comparable, find_kind, tree, visible_units

RECEIVED: Final = "dossiers.received"
ON_TIME: Final = "dossiers.on_time_rate"
LEADING: Final = (
    ON_TIME,
    RECEIVED,
    "dossiers.online_filing_rate",
    "dossiers.online_payment_rate",
    "dossiers.digitised_result_rate",
)
SHOWN: Final = 3
"""Units at either end of a ranking; a short one is shown whole."""


@dataclass(frozen=True, kw_only=True)
class MovedFigure:
    """A figure with what moved it and where its unit stands."""

    figure: Figure
    trend: tuple[Figure, ...]
    movement: Movement | None
    standing: Standing | None = None
    verdict: Verdict | None = None
    """What the process of the months says; set where it is a change beyond chance among the figures read together."""


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Units of one kind below a unit (xếp hạng các đơn vị): the best, then the worst; ``unranked`` have few cases."""

    kinds: tuple[str, ...]
    best: tuple[MovedFigure, ...]
    worst: tuple[MovedFigure, ...]
    ranked: int
    unranked: int


def figures_with_movement(unit: str, period: Period, *, to: Actor) -> list[MovedFigure]:
    """The leading figures of a unit against the same months a year before, with its rank where peers may be seen."""
    in_force = {one.code for one in indicators.definitions(period.last_day)}
    codes = [code for code in LEADING if code in in_force]
    standings = _standings_by_indicator(unit, codes, period, to=to)
    monthly = _monthly_figures(codes, unit, period, to=to)
    moved = {code: _build_moved_figure(monthly[code], period, standings.get(code)) for code in codes}
    verdicts = _verdicts(monthly, unit, period, to=to)
    return [replace(one, verdict=verdicts.get(code)) for code, one in moved.items()]


def _verdicts(
    monthly: Mapping[str, Mapping[Period, Figure]], unit: str, period: Period, *, to: Actor
) -> dict[str, Verdict]:
    """Of the leading figures those whose process has changed, tested together (at most 5 % false alarms).

    ``monthly`` are those that were read already; only months before them are read, and the newest one, which decides
    the version of the definitions.
    """
    codes = list(monthly)
    months = indicators.history_months(period)
    earlier = [month for month in months if not all(month in by_period for by_period in monthly.values())]
    try:
        read = indicators.figures_of_periods(codes, unit=unit, periods=[*earlier, months[-1]], to=to)
    except (
        indicators.RowsNotVisible
    ):  # months before the period hold rows of units that the actor may not see
        return {}
    day = today(clock())
    processes = {
        code: indicators.process_of(
            [read[month][code] if month in read else monthly[code][month] for month in months], today=day
        )
        for code in codes
    }
    told = indicators.changed(processes)
    verdicts = {code: indicators.variation_verdict(processes[code]) for code in codes if code in told}
    return {code: verdict for code, verdict in verdicts.items() if verdict is not None}


def _monthly_figures(
    codes: Sequence[str], unit: str, period: Period, *, to: Actor
) -> dict[str, Mapping[Period, Figure]]:
    """Each figure for the period and for its months, this year and the year before, in one reading."""
    months = period.months()
    periods = [period, *months, *(month.shift_by(-12) for month in months)]
    by_period = indicators.figures_of_periods(codes, unit=unit, periods=periods, to=to)
    return {code: {one: figures[code] for one, figures in by_period.items()} for code in codes}


def _build_moved_figure(
    by_period: Mapping[Period, Figure], period: Period, standing: Standing | None
) -> MovedFigure:
    months = period.months()
    counts = [_month_counts(by_period[month], by_period[month.shift_by(-12)]) for month in months]
    figure = by_period[period]
    has_before = any(one.denominator_before for one in counts)
    move = rate_movement if figure.definition.is_share else count_movement
    return MovedFigure(
        figure=figure,
        trend=tuple(by_period[month] for month in months),
        movement=move(counts) if has_before else None,
        standing=standing,
    )


def _month_counts(now: Figure, before: Figure) -> MonthCounts:
    return MonthCounts(
        month=now.period.start.month,
        numerator=float(now.numerator),
        denominator=float(now.denominator),
        numerator_before=float(before.numerator),
        denominator_before=float(before.denominator),
    )


def _standings_by_indicator(
    unit: str, codes: Sequence[str], period: Period, *, to: Actor
) -> dict[str, Standing]:
    """The rank of a unit by each rate among the units beside it; none where the actor may not see those."""
    node = tree(period.last_day).get(unit)
    if node is None or node.parent is None or node.parent not in visible_units(to):
        return {}
    alike = _comparable_codes(tree(period.last_day)[node.parent].children, node.kind)
    rates = [code for code in codes if code != RECEIVED]
    by_code = indicators.with_month_dispersion(
        indicators.figures_by_child(rates, unit=node.parent, period=period, to=to),
        unit=node.parent,
        period=period,
        to=to,
    )
    standings = {
        code: _find_standing(unit, _comparable_peers(by_code[code], alike), by_code[code][0][1])
        for code in rates
    }
    return {code: standing for code, standing in standings.items() if standing is not None}


def rankings(unit: str, period: Period, *, to: Actor) -> list[Ranking]:
    """The units directly below by their rate on time, those of one kind together; kinds of fewer than two left out."""
    node = tree(period.last_day).get(unit)
    if node is None or not node.children:
        return []
    by_code = {ON_TIME: indicators.figure_by_child(ON_TIME, unit=unit, period=period, to=to)}
    figures = dict(indicators.with_month_dispersion(by_code, unit=unit, period=period, to=to)[ON_TIME])
    groups: list[list[UnitNode]] = []
    for child in node.children:
        group = next((one for one in groups if are_comparable(one[0].kind, child.kind)), None)
        if group is None:
            groups.append([child])
        else:
            group.append(child)
    ranked = [_rank_units(group, figures, period, to=to) for group in groups]
    return [one for one in ranked if one is not None]


def _rank_units(
    units: Sequence[UnitNode], figures: Mapping[str, Figure], period: Period, *, to: Actor
) -> Ranking | None:
    codes = [unit.code for unit in units if unit.code in figures]
    peers = _comparable_peers([(code, figures[code]) for code in codes], set(codes))
    standings = {
        peer.code: standing
        for peer in peers
        if (standing := _find_standing(peer.code, peers, figures[peer.code])) is not None
    }
    if len(standings) < 2:
        return None
    order = sorted(standings, key=lambda code: (standings[code].position, codes.index(code)))
    best, worst = (order, []) if len(order) <= 2 * SHOWN else (order[:SHOWN], order[-SHOWN:])
    return Ranking(
        kinds=tuple(dict.fromkeys(unit.kind for unit in units if unit.code in standings)),
        best=tuple(_child_figure_with_movement(code, standings[code], period, to=to) for code in best),
        worst=tuple(_child_figure_with_movement(code, standings[code], period, to=to) for code in worst),
        ranked=len(standings),
        unranked=sum(0 < figures[code].denominator < MINIMUM_CASES for code in codes),
    )


def _child_figure_with_movement(code: str, standing: Standing, period: Period, *, to: Actor) -> MovedFigure:
    return _build_moved_figure(_monthly_figures([ON_TIME], code, period, to=to)[ON_TIME], period, standing)


def _comparable_codes(children: Sequence[UnitNode], kind: str) -> set[str]:
    return {child.code for child in children if are_comparable(child.kind, kind)}


def _comparable_peers(figures: Sequence[tuple[str, Figure]], codes: set[str]) -> list[Peer]:
    return [
        Peer(
            code=code,
            numerator=round(figure.numerator),
            denominator=round(figure.denominator),
            dispersion=figure.dispersion,
        )
        for code, figure in figures
        if code in codes
    ]


def _find_standing(unit: str, peers: Sequence[Peer], figure: Figure) -> Standing | None:
    """The rank with ties; None with too few cases, without peers, or where neither way is better."""
    better = figure.definition.better
    if better == "none":
        return None
    found = rank(unit, peers, better=better)
    own = next((peer for peer in peers if peer.code == unit), None)
    if found is None or own is None:
        return None
    able = [peer for peer in peers if peer.denominator >= MINIMUM_CASES]
    return Standing(
        position=found.position,
        ranked=found.ranked,
        best=found.best,
        worst=found.worst,
        is_tied=sum(peer.rate == own.rate for peer in able) > 1,
    )


def kind_names(kinds: Sequence[str], language: str) -> str:
    """What the units of a ranking are called: the kinds that are compared."""
    return ", ".join(find_kind(kind).name(language) for kind in kinds)
