"""`congtam import dossiers`: a file of another system, read by a mapping."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import REFUSED_INPUT, WRONG_USAGE, emit_json, fail, progress, say
from congtam.foundation.public import Actor, console_actor, drain_outbox
from congtam.imports.absent_list import absence_text
from congtam.imports.actions.imports import (
    carry_out,
    discard_trial,
    refused_name,
    register_import,
    serialize_outcome,
)
from congtam.imports.actions.reading import ImportOutcome
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import Import, OldFonts
from congtam.imports.shipped import mapping_from, shipped_mappings
from congtam.imports.watching import ImportStopped
from congtam.kernel.errors import InputRefused, Problem

_SHOWN: Final = 20


@click.command("dossiers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", required=True, help="Name of a shipped mapping, or a mapping in a .yaml file.")
@click.option("--unit", "unit_code", required=True, help="Code of the unit responsible for the dossiers.")
@click.option(
    "--refused",
    "refused_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write refused rows [<FILE>.refused.csv in the current folder].",
)
@click.option(
    "--old-fonts",
    type=click.Choice(OldFonts.values),
    default=OldFonts.ASK.value,
    help="What to do with texts in TCVN3 or VNI [ask: refuse the file and show them].",
)
@click.option("--dry-run", is_flag=True, help="Check the file and count, but store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def import_dossiers(
    *,
    file: Path,
    mapping: str,
    unit_code: str,
    refused_to: Path | None,
    old_fonts: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read dossiers from a .csv, .csv.gz, .xlsx, .xes, .xes.gz or .parquet file.

    The mapping says what the columns mean: `docs/mappings.md` shows how to write one. Importing a file twice changes
    nothing. Rows that cannot be right are written to a file in the same columns, to be corrected and imported again.
    """
    started = time.monotonic()
    if not file.is_file():
        fail(_("{path} is not a file").format(path=file), code=WRONG_USAGE)
    chosen, text = _read_mapping(mapping, as_json=as_json)
    actor = console_actor()
    begun = register_import(
        path=file,
        name=file.name,
        mapping=chosen,
        mapping_text=text,
        unit_code=unit_code,
        actor=actor,
        old_fonts=old_fonts,
    )
    outcome = _carry_out(begun, file=file, mapping=chosen, actor=actor, dry_run=dry_run)
    kept = _write_refused_file(outcome, refused_to or Path(refused_name(file.name)))
    drain_outbox()
    key = None if dry_run else begun.key
    report = _serialize_report(outcome) | {"import_key": key, "refused_file": kept}
    report["seconds_until_published"] = round(time.monotonic() - started, 3)
    emit_json(report) if as_json else _print_outcome(outcome, report)
    if outcome.has_refused:
        raise SystemExit(REFUSED_INPUT)


def _read_mapping(name: str, *, as_json: bool) -> tuple[Mapping, str]:
    """The mapping, and its text where it is a file of the user's own; a wrong one ends the command."""
    try:
        mapping = mapping_from(name)
    except InputRefused as error:
        _end_with_wrong_mapping(error, as_json=as_json)
    text = Path(name).read_text(encoding="utf-8") if name.endswith((".yaml", ".yml")) else ""
    return mapping, text


def _carry_out(begun: Import, *, file: Path, mapping: Mapping, actor: Actor, dry_run: bool) -> ImportOutcome:
    try:
        with progress(_("Dossiers")) as advance:
            return carry_out(
                begun, path=file, mapping=mapping, actor=actor, dry_run=dry_run, on_progress=advance
            )
    except ImportStopped as stopped:
        fail(_("Stopped by {by}; nothing was stored.").format(by=stopped.by))
    finally:
        if dry_run:
            discard_trial(begun)


def _serialize_report(outcome: ImportOutcome) -> dict[str, Any]:
    """The outcome without what only the page of the import shows."""
    only_for_page = {"sample", "received"}
    return {key: value for key, value in serialize_outcome(outcome).items() if key not in only_for_page}


def _write_refused_file(outcome: ImportOutcome, target: Path) -> str | None:
    if outcome.refused_file is None:
        return None
    try:
        shutil.copyfile(outcome.refused_file, target)
    except OSError as error:
        say(
            _("The refused rows could not be written to {path}: {reason}").format(
                path=target, reason=error.strerror
            )
        )
        return None
    finally:
        outcome.refused_file.unlink()
    return str(target)


def _end_with_wrong_mapping(error: InputRefused, *, as_json: bool) -> NoReturn:
    """A mapping that cannot be used is wrong usage: nothing of the file was read."""
    if as_json:
        zero_counts = dict.fromkeys(("cases", "events", "new", "changed", "unchanged", "refused"), 0)
        emit_json(
            {**zero_counts, "problems": [problem.as_dict() for problem in error.problems], "seconds": 0.0}
        )
    else:
        for problem in error.problems:
            say(_format_problem(problem))
        say(_("Available mappings: {names}").format(names=", ".join(shipped_mappings())))
    raise SystemExit(2)


def _print_outcome(outcome: ImportOutcome, report: dict[str, Any]) -> None:
    say(
        _(
            "{cases} dossiers, {events} steps: {new} new, {changed} changed, {unchanged} unchanged, {refused} refused"
        ).format(**report)
    )
    for problem in outcome.problems[:_SHOWN]:
        say(_format_problem(problem))
    printed = min(len(outcome.problems), _SHOWN)
    if sum(outcome.problem_counts.values()) > printed:
        counts = ", ".join(f"{code} {count}" for code, count in sorted(outcome.problem_counts.items()))
        say(_("Problems by kind: {counts}").format(counts=counts))
    if report["absent"]:
        _print_absence(outcome, report)
    if outcome.file_refused:
        say(_("The file was refused as a whole; nothing was stored."))
    if report["refused_file"]:
        say(
            _("Refused rows: {path}. Correct them in that file and import it.").format(
                path=report["refused_file"]
            )
        )


def _print_absence(outcome: ImportOutcome, report: dict[str, Any]) -> None:
    """What earlier imports have and the file lacks; all codes are printed by a command of their own."""
    say(absence_text(report["absent"]))
    codes = outcome.absence.codes if outcome.absence else ()
    for code in codes[:_SHOWN]:
        say(f"  {code}")
    if codes and report["import_key"]:
        say(_("All of them: congtam imports absent {key}").format(key=report["import_key"]))


def _format_problem(problem: Problem) -> str:
    location = [
        str(part) for part in (problem.file, problem.sheet, problem.row, problem.column) if part is not None
    ]
    return f"  {':'.join(location) or '-'}  {problem.code}: {problem.format_message(_)}. {problem.format_advice(_)}"
