"""Units that receive dossiers without an agency code (đơn vị chưa có mã định danh)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.dossiers.intake.public import example_number, units_numbered_by_own_code, units_without_code
from congtam.foundation.public import Role, clock
from congtam.foundation.role_holders import units_with_role
from congtam.kernel.clock import today


@dataclass(frozen=True, kw_only=True)
class UnitInNeed:
    """A unit whose dossiers get, or would get, numbers that begin with the unit's code."""

    unit_code: str
    numbers: int = 0
    """How many such numbers it gave already."""
    last_day: date | None = None


def units_lacking_agency_code() -> list[UnitInNeed]:
    """Those that gave such numbers, then those where a clerk is ready to."""
    day = today(clock())
    given = units_numbered_by_own_code(on=day)
    rows = [UnitInNeed(unit_code=one.unit_code, numbers=one.numbers, last_day=one.last_day) for one in given]
    codes = {row.unit_code for row in rows}
    ready = units_without_code(units_with_role(Role.CLERK, on=day), on=day)
    return rows + [UnitInNeed(unit_code=code) for code in ready if code not in codes]


def describe_missing_codes(unit_codes: Iterable[str]) -> str:
    """For the console, that these units have no agency code and what to do; empty for no units."""
    missing = sorted(unit_codes)
    if not missing:
        return ""
    example = example_number(missing[0], today(clock()))
    text = ngettext(
        "{codes} has no agency code: dossiers there get numbers such as {example}.",
        "{codes} have no agency code: dossiers there get numbers such as {example}.",
        len(missing),
    ).format(codes=", ".join(missing), example=example)
    advice = _(
        "Run: congtam dossiers agency-code UNIT AGENCY --source “…”, or Administration → Agency codes."
    )
    return f"{text} {advice}"
