"""What to say when somebody begins to receive dossiers in a unit that is not set up for it (cảnh báo)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from congtam.dossiers.intake.public import example_number, units_without_code
from congtam.foundation.public import Role, clock
from congtam.kernel.clock import today
from congtam.org_units.public import unit_name


def agency_code_warning(roles: Iterable[tuple[str, str]]) -> str:
    """That units of clerks have no agency code, from roles with their unit codes; empty where all have one."""
    codes = [unit_code for role, unit_code in roles if role == Role.CLERK]
    missing = units_without_code(codes, on=today(clock()))
    if not missing:
        return ""
    names = ", ".join(f"{unit_name(code)} ({code})" for code in missing)
    return gettext(
        "No agency code: {units}. Dossiers received there will be numbered by the unit code, such as {example}. "
        "An administrator enters the code under Administration, Agency codes."
    ).format(units=names, example=example_number(missing[0], today(clock())))
