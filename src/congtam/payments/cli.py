"""The command that enters a bank account."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import say
from congtam.foundation.public import console_actor
from congtam.payments.actions.bank_accounts import enter_bank_account


@click.command()
@click.argument("unit")
@click.option("--bank", required=True, help="The bank's BIN: six digits.")
@click.option("--number", required=True, help="The account number.")
@click.option("--holder", required=True, help="The name of the account's holder.")
def account(unit: str, *, bank: str, number: str, holder: str) -> None:
    """Register the bank account of a unit, valid from today."""
    enter_bank_account(unit, bank_bin=bank, number=number, holder=holder, actor=console_actor())
    say(_("Fees of unit {unit} are paid to account {number} from today.").format(unit=unit, number=number))
