"""The command that enters a gateway."""

from __future__ import annotations

import click

from congtam.foundation.cli_support import say
from congtam.foundation.public import console_actor
from congtam.gateways.actions.enter_gateway import enter_gateway


@click.command()
@click.argument("name")
@click.option("--address", required=True, help="Where a payer is sent, beginning with https://.")
def gateway(name: str, address: str) -> None:
    """Enter a gateway and print the secret it signs its messages with."""
    secret = enter_gateway(name, address=address, actor=console_actor())
    say(f"Gateway {name} is entered. Its messages go to /payments/callback/{name}/, signed with this secret:")
    click.echo(secret)
