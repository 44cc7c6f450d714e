"""Figures made of other figures (số liệu tổng hợp): which to count, and how they are put together.

Whatever is asked of a composition (a unit, its children, a map, a trend) is asked of its parts, so it is held to what
the reader may see of each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.composed_figure import ComposedFigure, PartFigure, PartRole
from congtam.indicators.domain.compositions import Part
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.targets.queries import TargetBook, target_book
from congtam.kernel.periods import Period

ByUnit = Mapping[str, Figure]
Counter = Callable[[Sequence[str], Sequence[Period]], Mapping[Period, Mapping[str, ByUnit]]]
"""Counts plain indicators in periods: by period, code and unit."""
Lookup = Callable[[str], Definition]


@dataclass(frozen=True, kw_only=True)
class Composer:
    """Puts figures together from those that were counted."""

    counted: Mapping[Period, Mapping[str, ByUnit]]
    lookup: Lookup
    targets: TargetBook

    def figure(self, code: str, unit: str, period: Period) -> Figure | None:
        """The figure of a unit and period; None where no part of it was counted for the unit."""
        one = self.lookup(code)
        if not one.is_composed:
            return self.counted[period].get(code, {}).get(unit)
        return self.compose(one, unit, period)

    def compose(self, one: Definition, unit: str, period: Period) -> ComposedFigure | None:
        """The figure of a composition."""
        parts = [
            PartFigure(number=number, part=part, role=role, figure=self.figure(code, unit, shifted))
            for number, part in enumerate(one.parts)
            for role, code, shifted in part_questions(part, period)
        ]
        own = [each.figure for each in parts if each.figure and each.role == "value"]
        if not own:
            return None
        withheld = [each.figure.withheld_below for each in parts if each.figure and each.figure.is_withheld]
        first = own[0]
        return ComposedFigure(
            definition=one,
            unit=unit,
            period=period,
            map_on=first.map_on,
            as_of=max(each.as_of for each in own),
            data_version=max(each.data_version for each in own),
            scope_digest=first.scope_digest,
            parts=type(first.parts)(),
            is_in_life=first.is_in_life,
            set_target=self.targets.find(one.code, unit=unit, on=period.last_day),
            withheld_below=max((least for least in withheld if least is not None), default=None),
            made_of=tuple(parts),
        )

    def units(self, code: str, period: Period) -> list[str]:
        """The units for which a part of an indicator was counted in the period, in the order of the first part."""
        one = self.lookup(code)
        if not one.is_composed:
            return list(self.counted[period].get(code, {}))
        codes = [unit for part in one.parts for unit in self.units(part.code, period)]
        return list(dict.fromkeys(codes))


def count_composed(
    codes: Sequence[str], periods: Sequence[Period], count: Counter, *, drafts: Iterable[Definition] = ()
) -> Composer:
    """Count all that the indicators are made of, in all periods they need; ``drafts`` are definitions not saved yet."""
    day = max((period.last_day for period in periods), default=date.min)
    trial = {one.code: one for one in drafts}

    def lookup(code: str) -> Definition:
        return trial.get(code) or definition(code, on=day)

    questions = _questions(codes, periods, lookup)
    by_codes: dict[tuple[str, ...], list[Period]] = {}
    for period, plain in questions.items():
        by_codes.setdefault(tuple(plain), []).append(period)
    counted: dict[Period, Mapping[str, ByUnit]] = {}
    for plain_codes, same in by_codes.items():
        counted |= count(plain_codes, same)
    composed = [code for code in codes if lookup(code).is_composed]
    targets = target_book(composed) if composed else TargetBook(())
    return Composer(counted=counted, lookup=lookup, targets=targets)


def part_questions(part: Part, period: Period) -> list[tuple[PartRole, str, Period]]:
    """What is counted for a part: its value, and its weight or its value in the period it is compared with."""
    questions: list[tuple[PartRole, str, Period]] = [("value", part.code, period)]
    if part.weight_by:
        questions.append(("weight", part.weight_by, period))
    if part.against:
        before = period.previous() if part.against == "previous" else period.same_period_last_year()
        questions.append(("before", part.code, before))
    return questions


def _questions(
    codes: Sequence[str], periods: Sequence[Period], lookup: Lookup
) -> dict[Period, dict[str, None]]:
    """The plain indicators to count, by period, in order."""
    questions: dict[Period, dict[str, None]] = {period: {} for period in periods}
    waiting = [(code, period) for code in codes for period in periods]
    seen: set[tuple[str, Period]] = set()
    while waiting:
        code, period = waiting.pop(0)
        if (code, period) in seen:
            continue
        seen.add((code, period))
        one = lookup(code)
        if not one.is_composed:
            questions.setdefault(period, {})[code] = None
        for part in one.parts:
            waiting += [(part_code, shifted) for _role, part_code, shifted in part_questions(part, period)]
    return questions
