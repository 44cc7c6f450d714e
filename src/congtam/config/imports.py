"""`congtam import …`: the ways data come in, each command living with its context."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

_COMMANDS: Final = {
    "dossiers": ("congtam.imports.cli", "import_dossiers"),
    "procedures": ("congtam.procedures.cli", "import_procedures"),
    "processes": ("congtam.procedures.cli", "import_process_list"),
    "units": ("congtam.org_units.cli", "import_units"),
}


class Imports(click.Group):
    """Loads the command of one context only."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - our own table
        return command


@click.group(cls=Imports)
def import_command() -> None:
    """Read data of other systems: dossiers, procedures, units."""
