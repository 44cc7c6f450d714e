"""Commands about payments: gateways and bank accounts."""

from __future__ import annotations

import click

from congtam.foundation.cli_support import say
from congtam.foundation.public import console_actor
from congtam.payments.actions.sources import enter_bank_account, enter_gateway


@click.group()
def payments_command() -> None:
    """Enter payment gateways and the accounts fees go to."""


@payments_command.command()
@click.argument("name")
@click.option("--address", required=True, help="Where a payer is sent, beginning with https://.")
def gateway(name: str, address: str) -> None:
    """Enter a gateway and print the secret it signs its messages with."""
    secret = enter_gateway(name, address=address, actor=console_actor())
    say(f"Gateway {name} is entered. Its messages go to /payments/callback/{name}/, signed with this secret:")
    click.echo(secret)


@payments_command.command()
@click.argument("unit")
@click.option("--bank", required=True, help="The bank's BIN: six digits.")
@click.option("--number", required=True, help="The account number.")
@click.option("--holder", required=True, help="The name of the account's holder.")
def account(unit: str, *, bank: str, number: str, holder: str) -> None:
    """Enter the bank account of a unit, from today on."""
    enter_bank_account(unit, bank_bin=bank, number=number, holder=holder, actor=console_actor())
    say(f"Fees of unit {unit} go to account {number} from today on.")
