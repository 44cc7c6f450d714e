"""`congtam payments …`: where money comes through, each command living with its context."""

from __future__ import annotations

from typing import Final

import click

from congtam.config.command_groups import GatheredCommands

_COMMANDS: Final = {
    "account": ("congtam.payments.cli", "account"),
    "gateway": ("congtam.gateways.cli", "gateway"),
}


@click.group(cls=GatheredCommands, table=_COMMANDS)
def payments_command() -> None:
    """Register payment gateways and the bank accounts that receive fees."""
