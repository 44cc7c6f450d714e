"""`congtam inspect`: an inspection pack from the command line."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from congtam.foundation.cli_support import emit_json, fail, say
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.public import LARGEST_SAMPLE, LARGEST_SEED, USUAL_SAMPLE, content_of, dump, prepare
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.reports.actions.export import export_pack


class PeriodType(click.ParamType[Period]):
    """A period as people write it, or as addresses do: “quý III/2025”, “2025-Q3”."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return parse_period(str(value))
        except PeriodMalformed as fault:
            self.fail(str(fault), param, ctx)


@click.group(name="inspect")
def inspect_command() -> None:
    """Prepare an inspection."""


@inspect_command.command(name="prepare")
@click.option("--unit", required=True, help="Code of the unit to inspect, such as 024.")
@click.option(
    "--period",
    required=True,
    type=PeriodType(),
    help="2025-Q3, 2025, or 2025-01-01..2025-04-01 (end excluded).",
)
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; it must be empty or not exist.",
)
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), help="Seed of the draw; a new one is made when left out."
)
@click.option(
    "--sample",
    "size",
    type=click.IntRange(1, LARGEST_SAMPLE),
    default=USUAL_SAMPLE,
    show_default=True,
    help="Dossiers in the sample.",
)
@click.option("--force", is_flag=True, help="Replace a folder that is not empty.")
@click.option("--json", "as_json", is_flag=True, help="Print the pack as one JSON document.")
def prepare_pack(
    *, unit: str, period: Period, folder: Path, seed: int | None, size: int, force: bool, as_json: bool
) -> None:
    """Write report.docx, report.pdf, pack.json, figures.csv, flags.csv, sample.csv and the charts of a unit."""
    actor = console_actor()
    drain_outbox()
    chosen = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    pack = prepare(unit=unit, period=period, seed=chosen, sample_size=size, actor=actor)
    try:
        files = export_pack(pack, folder.absolute(), actor=actor, force=force)
    except OSError as error:
        fail(f"The folder {folder} cannot be written: {error.strerror}. Choose another one with --out.")
    content = content_of(pack)
    if as_json:
        emit_json(
            {"key": pack.key, "digest": pack.digest, "out": str(folder), "files": files, **dump(content)}
        )
        return
    raised = sum(flag.count > 0 for flag in content.flags)
    click.echo(f"{pack.key}")
    click.echo(
        f"  {content.unit.name}, {period.label('vi')}: {len(content.indicators)} figures, {raised} red flags raised"
    )
    click.echo(f"  sample of {content.sample.size} from {content.sample.population} dossiers, seed {chosen}")
    click.echo(f"  {folder}: {', '.join(files)}")
    if not content.sample.population:
        say(
            "No dossier of this unit was received, open or finished in the period: check the unit and the period."
        )
