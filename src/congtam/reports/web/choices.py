"""What a person chose for a book or a form (đơn vị, kỳ): read from the address, the usual where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from congtam.foundation.public import EVERYWHERE, Actor, clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotFound
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.periods import Period
from congtam.org_units.public import find_unit, resolve_unit_code, tree, visible_units

QUARTERS: Final = ("Q1", "Q2", "Q3", "Q4")
HALVES: Final = ("H1", "9M", "year")
MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, kw_only=True)
class ReportChoice:
    """A unit and a calendar period (đơn vị, kỳ)."""

    unit: str
    year: int
    part: str

    @property
    def period(self) -> Period:
        """The calendar period: a year, a part of it, or a month."""
        return Period.parse(str(self.year) if self.part == "year" else f"{self.year}-{self.part}")

    def query(self, **more: str) -> str:
        """The choice as the query of an address."""
        parameters = {"unit": self.unit, "year": str(self.year), "part": self.part, **more}
        return urlencode({name: value for name, value in parameters.items() if value})


def read_choice(query: Mapping[str, str], *, to: Actor, parts: tuple[str, ...], usual: str) -> ReportChoice:
    """The choice in a query; what is not understood is taken as usual. NotFound for a unit out of sight."""
    today = local_day(clock().now())
    unit = resolve_unit_code(query.get("unit", ""), on=today, to=to)[:40] or usual_unit(to, today)
    if not unit or unit not in visible_units(to) or find_unit(unit) is None:
        raise NotFound(kind="unit", key=unit or "-")
    year = digits_or_none(query.get("year", ""), most=_LAST_YEAR) or 0
    part = query.get("part", "")
    return ReportChoice(
        unit=unit, year=year if year >= _FIRST_YEAR else today.year, part=part if part in parts else usual
    )


def usual_unit(actor: Actor, today: date) -> str:
    """The first unit the person holds a role over, or the root of the tree for who sees everything."""
    own = sorted({grant.unit_code for grant in actor.grants if grant.unit_code != EVERYWHERE})
    if own:
        return own[0]
    roots = tree(today).roots
    return roots[0].code if roots and visible_units(actor).everything else ""


def part_options(parts: tuple[str, ...], chosen: str) -> list[dict[str, object]]:
    """The parts of a year to choose from, in words."""
    return [{"code": part, "text": part_name(part), "is_chosen": part == chosen} for part in parts]


def part_name(part: str) -> str:
    """A part of the year in words."""
    if part in MONTHS:
        return _("Month {number}").format(number=int(part))
    if part in QUARTERS:
        return _("Quarter {number}").format(number=part[1:])
    return {"H1": _("First half"), "9M": _("First nine months"), "year": _("Whole year")}[part]


def quarter_of(day: date) -> str:
    """The quarter a day lies in."""
    return f"Q{(day.month - 1) // 3 + 1}"
