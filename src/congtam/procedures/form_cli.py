"""Commands about electronic forms: to a file, from a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click
from django.utils.translation import gettext as _

from congtam.forms.public import to_xlsx, to_yaml
from congtam.foundation.cli_support import DayType, emit_json, exit_with_problems, fail, say
from congtam.foundation.public import clock, console_actor
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound
from congtam.procedures.actions.import_form import import_form
from congtam.procedures.catalogue.desk_queries import desk_procedure

_ENDINGS: Final = (".xlsx", ".yaml", ".yml")


@click.group()
def procedures_command() -> None:
    """Manage the catalogue of procedures."""


@procedures_command.group("form")
def form_command() -> None:
    """The electronic form of a procedure as a file: .xlsx with one field a row, or .yaml."""


@form_command.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
def export_form(code: str, file: Path) -> None:
    """Write the form in force today to a file; an empty form gives a sheet to fill in."""
    procedure = desk_procedure(code, today(clock()))
    if procedure is None:
        fail(NotFound(kind="procedure", key=code).format_message(_))
    if file.suffix.lower() not in _ENDINGS:
        raise click.BadParameter(_("The file name must end in .xlsx or .yaml."), param_hint="FILE")
    is_sheet = file.suffix.lower() == ".xlsx"
    try:
        file.write_bytes(
            to_xlsx(procedure.form_fields) if is_sheet else to_yaml(procedure.form_fields, procedure=code)
        )
    except OSError as error:
        fail(_("{file} cannot be written: {reason}").format(file=file, reason=error.strerror))
    say(_("{count} fields written to {file}").format(count=len(procedure.form_fields), file=file))


@form_command.command("import")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ground", required=True, help="Decision or letter the form is based on.")
@click.option("--valid-from", type=DayType(), help="First day on which the form is used [today].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def import_form_file(
    code: str, file: Path, *, ground: str, valid_from: datetime | None, as_json: bool
) -> None:
    """Put a form from a file in force from a given day.

    The file is imported completely or not at all; every problem is reported with its sheet, row and column.
    Dossiers received before that day keep the form they were received under.
    """
    day = valid_from.date() if valid_from else today(clock())
    try:
        version = import_form(
            code,
            file.read_bytes(),
            name=file.name,
            valid_from=day,
            ground=ground,
            actor=console_actor(),
        )
    except InputRefused as refused:
        exit_with_problems(refused.problems, as_json=as_json, counts={"fields": 0})
    except (DomainError, OSError) as error:
        fail(error.format_message(_) if isinstance(error, DomainError) else str(error))
    else:
        count = len(version.details.get("form_fields", ()))
        if as_json:
            emit_json({"procedure": code, "fields": count, "digest": version.digest, "problems": []})
        else:
            say(
                _("{code}: a form of {count} fields is in force from {day}").format(
                    code=code, count=count, day=f"{day:%d/%m/%Y}"
                )
            )
