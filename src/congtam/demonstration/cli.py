"""The command that loads the demonstration."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from congtam.demonstration.actions.load import Demonstration, load
from congtam.demonstration.domain.scenarios import DEFAULT, SCENARIOS
from congtam.foundation.cli_support import emit_json, fail, progress, say
from congtam.kernel.errors import DomainError

_SCENARIOS = click.Choice(list(SCENARIOS))


@click.command("demo")
@click.option(
    "--scenario", type=_SCENARIOS, default=DEFAULT, show_default=True, help="Which scenario to play."
)
@click.option("--dossiers", type=click.IntRange(min=100), default=Demonstration.dossiers, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=Demonstration.seed, show_default=True)
@click.option("--year", type=click.IntRange(2012, 2024), help="The year shown, for a scenario without a day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def demo_command(*, scenario: str, dossiers: int, seed: int, year: int | None, as_json: bool) -> None:
    """Load the demonstration province: synthetic dossiers of the former Hà Giang, in one of two scenarios.

    `inspection` plays on Thursday 5 October 2023, the day before the city is inspected, and has a clock of its own.
    `two-tier` is Tuyên Quang today, after the reform of July 2025. The same seed always gives the same dossiers.
    Manipulations are planted among them and listed in demo/truth.json of the data folder. Only an empty installation
    takes the demonstration.
    """
    if year is not None and SCENARIOS[scenario].day is not None:
        raise click.UsageError(
            _("The scenario “{scenario}” has a day of its own; leave out --year.").format(scenario=scenario)
        )
    demonstration = Demonstration(scenario=scenario, seed=seed, year=year or 0, dossiers=dossiers)
    try:
        with progress(_("Dossiers")) as advance:
            counts = load(demonstration, progress=advance)
    except DomainError as error:
        fail(error.format_message(_))
    if as_json:
        emit_json({**vars(counts), **vars(demonstration), "synthetic": True})
    else:
        say(_("{new} dossiers loaded, {unchanged} already present").format(**vars(counts)))
