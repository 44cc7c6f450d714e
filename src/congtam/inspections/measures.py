"""The figures of a pack (số liệu của bộ kiểm tra), asked of the indicators and put into the pack's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.foundation.public import Actor
from congtam.indicators import public as indicators
from congtam.indicators.public import Definition, Figure
from congtam.inspections.domain.content import (
    IndicatorLine,
    Number,
    PackFigure,
    PeerLine,
    RankLine,
    Trend,
    TrendPoint,
)
from congtam.kernel.periods import Period
from congtam.kernel.statistics.ranking import Peer, rank

HEADLINE: Final = "dossiers.on_time_rate"
TRENDS: Final = (HEADLINE, "dossiers.online_filing_rate")
TREND_MONTHS: Final = 13


@dataclass(frozen=True, kw_only=True)
class PeerGroup:
    """The units to compare with: names by code, children of one parent (nhóm đơn vị cùng cấp)."""

    parent: str
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """The lines of the pack and the figures they were written from (kết quả đo)."""

    lines: tuple[IndicatorLine, ...]
    figures: tuple[Figure, ...]


def measure(unit: str, period: Period, peers: PeerGroup | None, *, actor: Actor) -> Measurement:
    """All indicators in force: now, before, a year ago, and among peers."""
    definitions = indicators.definitions(period.last_day)
    codes = [one.code for one in definitions]
    before, year_ago = period.previous(), period.same_period_last_year()
    figures_by_period = indicators.figures_of_periods(
        codes, unit=unit, periods=[period, before, year_ago], to=actor
    )
    compared = _peer_lines(definitions, period, peers, actor=actor)
    lines = tuple(
        _indicator_line(
            one,
            [figures_by_period[compared_period][one.code] for compared_period in (period, before, year_ago)],
            compared.get(one.code, ()),
            unit=unit,
        )
        for one in definitions
    )
    figures = tuple(figure for by_code in figures_by_period.values() for figure in by_code.values())
    return Measurement(lines=lines, figures=figures)


def store_receipts(measurement: Measurement, *, actor: Actor) -> None:
    """Keep the receipt of every figure that the pack publishes; what has no value publishes nothing."""
    for figure in measurement.figures:
        if figure.value is not None:
            indicators.store(figure, actor=actor)


def trends(unit: str, period: Period, *, actor: Actor) -> tuple[Trend, ...]:
    """The headline rates over thirteen months up to the end of the period."""
    last = Period.month_of(period.last_day)
    months = [last.shift_by(-back) for back in reversed(range(TREND_MONTHS))]
    definitions = {one.code: one for one in indicators.definitions(period.last_day)}
    codes = [code for code in TRENDS if code in definitions]
    figures_by_code = indicators.trends(codes, unit=unit, months=months, to=actor)
    return tuple(_trend_of(definitions[code], figures_by_code[code], on=period.last_day) for code in codes)


def _peer_lines(
    definitions: Sequence[Definition], period: Period, peers: PeerGroup | None, *, actor: Actor
) -> dict[str, tuple[PeerLine, ...]]:
    """The figures of the peers for those indicators by which units can be ranked."""
    codes = [one.code for one in definitions if one.is_share and one.better != "none"]
    if peers is None or not codes:
        return {}
    figures_by_code = indicators.figures_by_child(codes, unit=peers.parent, period=period, to=actor)
    return {
        code: tuple(_peer_line(peers.names[child], figure) for child, figure in rows if child in peers.names)
        for code, rows in figures_by_code.items()
    }


def _indicator_line(
    one: Definition, figures: Sequence[Figure], peers: tuple[PeerLine, ...], *, unit: str
) -> IndicatorLine:
    now, before, year_ago = figures
    return IndicatorLine(
        code=one.code,
        name=one.name,
        kind=one.kind.value,
        measure=one.measure,
        better=one.better,
        now=pack_figure(now),
        previous=pack_figure(before),
        last_year=pack_figure(year_ago),
        target=None if now.target is None else now.target.value,
        target_source="" if now.target is None else now.target.source,
        meets=now.meets_target,
        rank=_rank_line(one, peers, unit=unit),
        peers=peers,
    )


def _rank_line(one: Definition, peers: tuple[PeerLine, ...], *, unit: str) -> RankLine | None:
    if one.better == "none":
        return None
    units = [
        Peer(code=peer.code, numerator=round(peer.numerator), denominator=round(peer.denominator))
        for peer in peers
    ]
    unit_rank = rank(unit, units, better=one.better)
    if unit_rank is None:
        return None
    return RankLine(
        place=unit_rank.position,
        best=unit_rank.best,
        worst=unit_rank.worst,
        ranked=unit_rank.ranked,
        unranked=unit_rank.unranked,
    )


def _peer_line(name: str, figure: Figure) -> PeerLine:
    return PeerLine(
        code=figure.unit,
        name=name,
        numerator=_to_int_or_float(figure.numerator),
        denominator=_to_int_or_float(figure.denominator),
        value=_to_number(figure.value),
    )


def pack_figure(figure: Figure) -> PackFigure:
    """A figure with its receipt as the pack keeps it."""
    low, high = figure.interval or (None, None)
    return PackFigure(
        code=figure.code,
        unit=figure.unit,
        period=figure.period.text,
        definition_version=str(figure.definition_version),
        data_version=str(figure.data_version),
        map=figure.map,
        as_of=figure.as_of.isoformat(),
        numerator=_to_number(figure.numerator),
        denominator=_to_number(figure.denominator),
        value=_to_number(figure.value),
        digest=figure.digest,
        low=low,
        high=high,
    )


def _trend_of(one: Definition, figures: Sequence[Figure], *, on: date) -> Trend:
    target = figures[-1].target if figures else one.target_on(on)
    points = tuple(
        TrendPoint(
            month=figure.period.text,
            value=_to_number(figure.value),
            denominator=_to_int_or_float(figure.denominator),
        )
        for figure in figures
    )
    return Trend(code=one.code, name=one.name, target=None if target is None else target.value, points=points)


def _to_number(value: Number | Decimal | None) -> Number | None:
    return None if value is None else _to_int_or_float(value)


def _to_int_or_float(value: Number | Decimal) -> Number:
    """Whole numbers as int, so that they are written the same everywhere."""
    if isinstance(value, int):
        return value
    return int(value) if value == int(value) and isinstance(value, Decimal) else float(value)
