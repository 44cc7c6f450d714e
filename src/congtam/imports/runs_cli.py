"""`congtam imports`: what was imported, by whom, what runs, and stopping it."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import emit_json, fail, say
from congtam.foundation.public import console_actor, drain_outbox
from congtam.imports.absent_list import absent_csv
from congtam.imports.actions.stop import stop_import
from congtam.imports.actions.undo import undo_import
from congtam.imports.models import Import
from congtam.imports.queries import get_visible_import, latest_imports
from congtam.kernel.errors import DomainError, NotFound


@click.group("imports")
def imports_command() -> None:
    """List imports, stop one that runs, undo one that is stored, print what one lacks."""


@imports_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def list_imports(*, as_json: bool) -> None:
    """List the latest imports: key, state, phase, unit, file and who started it."""
    imports = latest_imports(to=console_actor())
    if as_json:
        emit_json([_serialize_import(started) for started in imports])
        return
    for started in imports:
        state = started.get_state_display()
        say(f"{started.key}  {state}  {started.unit_code}  {started.file_name}  {started.started_by}")


def _serialize_import(started: Import) -> dict[str, Any]:
    names = ("key", "state", "phase", "progress", "unit_code", "file_name", "mapping_name", "started_by")
    return {name: getattr(started, name) for name in names} | {"created_at": started.created_at.isoformat()}


@imports_command.command("stop")
@click.argument("key")
def stop_command(*, key: str) -> None:
    """Stop the import KEY before it is stored; `congtam imports list` shows the keys."""
    _carry_out(lambda: stop_import(key, actor=console_actor()), key=key)
    say(_("Import {key} is being stopped; nothing of it is stored.").format(key=key))


@imports_command.command("undo")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
def undo_command(*, key: str, yes: bool) -> None:
    """Undo the import KEY: its new dossiers are removed, changed ones become what they were."""
    if not yes:
        click.confirm(_("Undo import {key} as a whole?").format(key=key), abort=True, err=True)
    counts = _carry_out(lambda: undo_import(key, actor=console_actor()), key=key)
    say(
        _("Undone: {removed} dossiers removed, {restored} as they were before.").format(
            removed=counts.removed, restored=counts.restored
        )
    )


@imports_command.command("absent")
@click.argument("key")
def absent_command(*, key: str) -> None:
    """Print as .csv what earlier imports of the source have and the import KEY lacks."""
    actor = console_actor()
    try:
        started = get_visible_import(key, to=actor)
    except NotFound:
        fail(_("There is no import with the key {key}.").format(key=key))
    for line in absent_csv(started, to=actor):
        click.echo(line, nl=False)


def _carry_out(action: Any, *, key: str) -> Any:
    """Run an action on an import and publish what it says; a refusal ends the command with its reason."""
    try:
        result = action()
    except NotFound:
        fail(_("There is no import with the key {key}.").format(key=key))
    except DomainError as error:
        fail(error.format_message(_))
    drain_outbox()
    return result
