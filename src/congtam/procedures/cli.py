"""Commands of the catalogue of procedures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.foundation.cli_support import REFUSED_INPUT, DayType, emit_json, exit_with_problems, fail, say
from congtam.foundation.public import clock, console_actor
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused
from congtam.procedures.catalogue.import_catalogue import import_catalogue
from congtam.procedures.catalogue.import_plan import CatalogueReport
from congtam.procedures.processes.import_processes import import_processes

_SHOWN: Final = 20


@click.command("procedures")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--valid-from",
    type=DayType(),
    help="Day on which new and changed procedures take effect [the date in the file's name, or today].",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def import_procedures(file: Path, *, valid_from: datetime | None, as_json: bool) -> None:
    """Read the national list (.csv, .xlsx) or full descriptions (.jsonl, .jsonl.gz) of procedures.

    Importing a file twice changes nothing. Time limits that do not say one plain amount are stored as text and listed.
    """
    try:
        report = import_catalogue(
            file, actor=console_actor(), valid_from=valid_from.date() if valid_from else None
        )
    except DomainError as error:
        fail(error.format_message(_))
    if as_json:
        emit_json(report.as_dict())
    else:
        _print_report(report)
    if report.refused:
        raise SystemExit(REFUSED_INPUT)


@click.command("processes")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--valid-from",
    type=DayType(),
    help="First day of processes whose row has none [today].",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def import_process_list(file: Path, *, valid_from: datetime | None, as_json: bool) -> None:
    """Read internal processes from a list (.xlsx, .csv), one step a row.

    The file is imported completely or not at all; every problem is reported with its sheet, row and column.
    """
    day = valid_from.date() if valid_from else today(clock())
    try:
        content = file.read_bytes()
        done = import_processes(content, name=file.name, valid_from=day, actor=console_actor())
    except InputRefused as refused:
        exit_with_problems(refused.problems, as_json=as_json, counts={"processes": 0})
    except (DomainError, OSError) as error:
        fail(error.format_message(_) if isinstance(error, DomainError) else str(error))
    else:
        summary = _("{processes} processes with {steps} steps read, {changed} new or changed")
        if as_json:
            emit_json(vars(done))
        else:
            say(summary.format(**vars(done)))


def _print_report(report: CatalogueReport) -> None:
    say(
        _(
            "{procedures} procedures: {new} new, {changed} changed, {filled} completed, {unchanged} unchanged"
        ).format(**vars(report))
    )
    for problem in report.problems[:_SHOWN]:
        say(f"  {problem.row or '-'}: {problem.format_message(_)} {problem.format_advice(_)}")
    if report.conflicts:
        text = ngettext(
            "{count} time limit differs from that of another catalogue; decide about it on the page of procedures",
            "{count} time limits differ from those of another catalogue; decide about them on the page of procedures",
            report.conflicts,
        )
        say(text.format(count=report.conflicts))
    if report.unparsed:
        say(_("{count} time limits are stored as text; --json lists them").format(count=len(report.unparsed)))
