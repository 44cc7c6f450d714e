from __future__ import annotations

import pytest
from click.testing import CliRunner

from congtam.config.accounts import accounts_command
from congtam.foundation.public import Account
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("password", "code"), [("12345", 2), ("password", 2), ("a long and quiet river", 0)])
def test_an_account_is_not_opened_with_a_password_that_anybody_guesses(password: str, code: int) -> None:
    order = ["open", "mai", "--name", "Mai", "--role", "clerk@024", "--password", password]
    assert CliRunner().invoke(accounts_command, order).exit_code == code
    assert Account.objects.filter(username="mai").exists() == (code == 0)


def test_an_account_is_closed_and_opened_again(cast: Cast) -> None:
    run = CliRunner().invoke
    assert run(accounts_command, ["close", "clerk"]).exit_code == 0
    assert not Account.objects.get(username="clerk").is_active
    assert run(accounts_command, ["close", "nobody"]).exit_code == 1
    again = [
        "open",
        "clerk",
        "--name",
        "Clerk",
        "--role",
        "clerk@024",
        "--password",
        "a long and quiet river",
    ]
    assert run(accounts_command, again).exit_code == 0
    assert Account.objects.get(username="clerk").is_active


def test_the_allowance_of_the_installation_is_set(db: None) -> None:
    told = CliRunner().invoke(accounts_command, ["allowance"]).output
    assert "200 calls per second" in told
    set_to = CliRunner().invoke(accounts_command, ["allowance", "--per-second", "50"])
    assert "50 calls per second" in set_to.output
    assert "bursts of 6000" in set_to.output
    assert CliRunner().invoke(accounts_command, ["allowance", "--burst", "0"]).exit_code == 2
