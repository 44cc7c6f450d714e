"""The counts of a pack by unit, field of work and officer (phân tích theo đơn vị, lĩnh vực, cán bộ)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from congtam.foundation.public import Actor
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure, Narrowing
from congtam.inspections.domain.content import Breakdown, BreakdownRow, PackFigure
from congtam.inspections.frame import Frame
from congtam.inspections.measures import pack_figure
from congtam.kernel.periods import Period
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import unit_name

MOST_ROWS: Final = 20
"""Rows in full, those with most finished late first; what is beyond them is one row, so that the sums hold."""
RECEIVED, FINISHED, LATE, ON_TIME_RATE = MEASURES = (
    "dossiers.received",
    "dossiers.finished",
    "dossiers.late",
    "dossiers.on_time_rate",
)
_VIEWS: Final = (("unit", "unit_code"), ("field", "field_name"), ("officer", "officer"))
_Figures = Mapping[str, Figure]


@dataclass(frozen=True, kw_only=True)
class CountedBreakdowns:
    """The tables of a pack, and the figures behind every number in them."""

    tables: tuple[Breakdown, ...] = ()
    figures: tuple[Figure, ...] = ()

    def store_receipts(self, *, actor: Actor) -> None:
        """Keep the receipt of every figure that the tables publish; what has no value publishes nothing."""
        for figure in self.figures:
            if figure.value is not None:
                indicators.store(figure, actor=actor)


def find_breakdowns(frame: Frame, unit: str, *, actor: Actor) -> CountedBreakdowns:
    """By each view all dossiers received or finished in the period; one with a single row says nothing new."""
    total = indicators.figures(MEASURES, unit=unit, period=frame.period, to=actor)
    tables: list[Breakdown] = []
    figures: list[Figure] = list(total.values())
    for by, column in _VIEWS:
        ordered = _worst_first(frame.group_counts(column))
        if len(ordered) < 2:
            continue
        kept = ordered if len(ordered) <= MOST_ROWS else ordered[: MOST_ROWS - 1]
        others = len(ordered) - len(kept)
        narrowings = [Narrowing(column=column, value=value) for value in kept]
        if others:
            narrowings.append(Narrowing(column=column, excluded=tuple(kept)))
        by_row = _count_rows(narrowings, unit=unit, period=frame.period, actor=actor)
        figures += [figure for of_row in by_row for figure in of_row.values()]
        name = _name_of_unit(frame) if by == "unit" else str
        rows = [_row(code, name(code), of_row) for code, of_row in zip(kept, by_row, strict=False)]
        if others:
            rows.append(replace(_row("", "", by_row[-1]), others=others))
        tables.append(Breakdown(by=by, rows=tuple(rows), total=_pack_figures(total)))
    return CountedBreakdowns(tables=tuple(tables), figures=tuple(figures) if tables else ())


def _name_of_unit(frame: Frame) -> Callable[[str], str]:
    return lambda code: unit_name(code, frame.period.last_day)


def _worst_first(counts: Sequence[BreakdownRow]) -> list[str]:
    ordered = sorted(counts, key=lambda row: (-row.late, -row.finished, collation_key(row.code), row.code))
    return [row.code for row in ordered]


def _count_rows(
    narrowings: Sequence[Narrowing], *, unit: str, period: Period, actor: Actor
) -> list[_Figures]:
    """The figures of each row: those of the unit, narrowed to what the row holds."""
    found = indicators.narrowed_figures(MEASURES, narrowings, unit=unit, period=period, to=actor)
    return [{code: found[code, narrowing] for code in MEASURES} for narrowing in narrowings]


def _row(code: str, name: str, figures: _Figures) -> BreakdownRow:
    row = BreakdownRow(
        code=code,
        name=name if code else "",
        received=round(figures[RECEIVED].numerator),
        finished=round(figures[FINISHED].numerator),
        late=round(figures[LATE].numerator),
    )
    return replace(row, figures=_pack_figures(figures))


def _pack_figures(figures: _Figures) -> tuple[PackFigure, ...]:
    return tuple(pack_figure(figures[code]) for code in MEASURES)
