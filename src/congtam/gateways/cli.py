"""The command that enters a gateway."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import say
from congtam.foundation.public import console_actor
from congtam.gateways.actions.enter_gateway import create_or_update_gateway


@click.command()
@click.argument("name")
@click.option("--address", required=True, help="Address payers are sent to; it must start with https://.")
def gateway(name: str, address: str) -> None:
    """Register a gateway and print the secret for signing its messages."""
    secret = create_or_update_gateway(name, address=address, actor=console_actor())
    text = _(
        "Gateway {name} registered. It sends its messages to /payments/callback/{name}/, signed with this secret:"
    )
    say(text.format(name=name))
    click.echo(secret)
