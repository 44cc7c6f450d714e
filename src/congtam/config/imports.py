"""`congtam import …`: the ways data come in, each command living with its context."""

from __future__ import annotations

from typing import Final

import click

from congtam.config.command_groups import GatheredCommands

_COMMANDS: Final = {
    "dossiers": ("congtam.imports.cli", "import_dossiers"),
    "procedures": ("congtam.procedures.cli", "import_procedures"),
    "processes": ("congtam.procedures.cli", "import_process_list"),
    "units": ("congtam.org_units.cli", "import_units"),
}


@click.group(cls=GatheredCommands, table=_COMMANDS)
def import_command() -> None:
    """Import data from other systems: dossiers, procedures, units."""
