"""What to say when somebody begins to receive dossiers in a unit that is not set up for it (cảnh báo)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from congtam.dossiers.intake.public import units_without_code
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.org_units.public import resolve_unit_code, unit_name


def agency_code_warning(units: Iterable[str], actor: Actor) -> str:
    """That units, as typed, have no agency code; empty where all have one."""
    codes = []
    for typed in units:
        try:
            codes.append(resolve_unit_code(typed, on=today(clock()), to=actor))
        except InputRefused:
            continue
    missing = units_without_code(codes, on=today(clock()))
    if not missing:
        return ""
    names = ", ".join(f"{unit_name(code)} ({code})" for code in missing)
    return gettext(
        "No agency code: {units}. Dossiers received there will be numbered by the unit code, such as {example}. "
        "An administrator enters the code under Administration, Agency codes."
    ).format(units=names, example=f"{missing[0]}-{today(clock()):%y%m%d}-0001")
