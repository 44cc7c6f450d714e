from __future__ import annotations

import pytest
from click.testing import CliRunner

from congtam.config.accounts import accounts_command
from congtam.foundation.public import Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("password", "code"), [("12345", 2), ("password", 2), ("a long and quiet river", 0)])
def test_an_account_is_not_opened_with_a_password_that_anybody_guesses(password: str, code: int) -> None:
    order = ["open", "mai", "--name", "Mai", "--role", "clerk@024", "--password", password]
    assert CliRunner().invoke(accounts_command, order).exit_code == code
    assert Account.objects.filter(username="mai").exists() == (code == 0)
