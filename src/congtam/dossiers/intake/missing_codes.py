"""Units whose dossiers are numbered by their own code for want of an agency code (đơn vị chưa có mã định danh).

Such numbers (00691-261130-0001) are valid here and nowhere else: other systems expect the identification code of the
office in front, and a number that was given stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Sum

from congtam.dossiers.intake.domain.numbers import DEFAULT_PATTERN, split_at_counter
from congtam.dossiers.models import AgencyCode, NumberCounter
from congtam.org_units.public import is_registered_unit


@dataclass(frozen=True, kw_only=True)
class UncodedUnit:
    """A unit that gives such numbers: how many so far, and the last day."""

    unit_code: str
    numbers: int
    last_day: date


def units_without_code(unit_codes: Iterable[str], *, on: date) -> list[str]:
    """Those of the units that have no agency code on a day."""
    distinct = sorted({code for code in unit_codes if is_registered_unit(code)})
    coded = AgencyCode.objects.filter(unit_code__in=distinct, valid__contains=on)
    return sorted(set(distinct) - set(coded.values_list("unit_code", flat=True)))


def example_number(unit_code: str, day: date) -> str:
    """The number that the first dossier of a day gets in a unit without agency code, by the usual pattern.

    >>> example_number("00691", date(2026, 11, 30))
    '00691-261130-0001'
    """
    before, width, after = split_at_counter(DEFAULT_PATTERN, agency=unit_code, day=day)
    return f"{before}{1:0{width}}{after}"


def units_numbered_by_own_code(*, on: date) -> list[UncodedUnit]:
    """Units that gave numbers under their own code and still have no agency code on a day."""
    counters = NumberCounter.objects.values("agency").annotate(numbers=Sum("last"), last_day=Max("day"))
    rows = {row["agency"]: row for row in counters.order_by("agency") if is_registered_unit(row["agency"])}
    return [
        UncodedUnit(unit_code=code, numbers=rows[code]["numbers"], last_day=rows[code]["last_day"])
        for code in units_without_code(rows, on=on)
    ]
