"""Commands of the units."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.foundation.cli_support import REFUSED_INPUT, DayType, emit_json, fail, say
from congtam.foundation.public import clock, console_actor
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.org_units.boundaries.actions import load_boundaries
from congtam.org_units.public import load_catalogue


@click.command("units")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def import_units(*, as_json: bool) -> None:
    """Load the units that ship with the product: Hà Giang and Tuyên Quang before and after 1 July 2025.

    Existing units are not changed, so it is safe to run at any time.
    """
    entered = load_catalogue(actor=console_actor())
    if as_json:
        emit_json(vars(entered))
        return
    say(
        ngettext("%(count)s unit entered", "%(count)s units entered", entered.units)
        % {"count": entered.units}
    )
    if entered.unchanged:
        say(_("%(count)s already existed") % {"count": entered.unchanged})


@click.group("units")
def units_command() -> None:
    """Load the areas of units for the maps."""


@units_command.command("boundaries")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--on",
    type=DayType(),
    help="The areas are those of the units of this day (default: today).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def load_areas(file: Path, *, on: datetime | None, as_json: bool) -> None:
    """Load areas from GeoJSON or TopoJSON in degrees, matched by the code of the unit.

    Nothing is loaded while anything is wrong: every problem is listed. No boundaries ship with the product.
    """
    day: date = on.date() if on else today(clock())
    try:
        loaded = load_boundaries(file, on=day, actor=console_actor())
    except InputRefused as refusal:
        if as_json:
            emit_json({"loaded": 0, "problems": [one.as_dict(_) for one in refusal.problems]})
        for problem in () if as_json else refusal.problems:
            say(f"{file.name}: {problem.format_message(_)}")
        fail(
            _("{file}: problems: {count}").format(file=file.name, count=len(refusal.problems)),
            code=REFUSED_INPUT,
        )
    if as_json:
        emit_json({"loaded": loaded.loaded, "missing": list(loaded.missing), "problems": []})
        return
    say(ngettext("%(count)s area loaded", "%(count)s areas loaded", loaded.loaded) % {"count": loaded.loaded})
    if loaded.missing:
        say(_("Units without an area: %(codes)s") % {"codes": ", ".join(loaded.missing)})
