"""The command that loads the demonstration."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from congtam.demonstration.actions.load import Demonstration, load
from congtam.foundation.cli_support import emit_json, fail, progress, say
from congtam.kernel.errors import DomainError


@click.command("demo")
@click.option("--dossiers", type=click.IntRange(min=100), default=Demonstration.dossiers, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=Demonstration.seed, show_default=True)
@click.option("--year", type=click.IntRange(2012, 2024), default=Demonstration.year, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def demo_command(*, dossiers: int, seed: int, year: int, as_json: bool) -> None:
    """Load the demonstration province: synthetic dossiers of the former Hà Giang for a year and the year before it.

    The same seed always gives the same dossiers. Manipulations are planted among them and listed in demo/truth.json
    of the data folder. Only an empty installation takes the demonstration.
    """
    demonstration = Demonstration(seed=seed, year=year, dossiers=dossiers)
    try:
        with progress(_("Dossiers")) as advance:
            counts = load(demonstration, progress=advance)
    except DomainError as error:
        fail(error.format_message(_))
    if as_json:
        emit_json({**vars(counts), **vars(demonstration), "synthetic": True})
    else:
        say(_("{new} dossiers loaded, {unchanged} already present").format(**vars(counts)))
