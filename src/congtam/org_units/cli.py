"""Commands of the units."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.foundation.cli_support import emit_json, say
from congtam.foundation.public import console_actor
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
