from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.utils import translation

from congtam.administration.cli import accounts_command, note_backup_command
from congtam.administration.public import last_backup
from congtam.foundation.public import Account
from congtam.sign_in.public import has_second_step
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
    with translation.override("en"):
        told = CliRunner().invoke(accounts_command, ["allowance"]).output
        set_to = CliRunner().invoke(accounts_command, ["allowance", "--per-second", "50"])
    assert "200 calls per second" in told
    assert "50 calls per second" in set_to.output
    assert "bursts of 6000" in set_to.output
    assert CliRunner().invoke(accounts_command, ["allowance", "--burst", "0"]).exit_code == 2


def test_accounts_are_listed(cast: Cast) -> None:
    run = CliRunner().invoke
    run(accounts_command, ["close", "clerk"])
    with translation.override("en"):
        table = run(accounts_command, ["list"]).output.splitlines()
    assert table[0].split() == ["user", "name", "name", "state", "last", "sign-in", "roles"]
    assert next(line for line in table if line.startswith("clerk")).split()[1:] == [
        "Clerk",
        "locked",
        "never",
        "clerk@024",
    ]
    assert next(line for line in table if line.startswith("citizen")).endswith("none")


@pytest.mark.parametrize(
    ("options", "usernames"),
    [
        (["--role", "clerk"], ["clerk", "outsider"]),
        (["--role", "clerk", "--unit", "026"], ["outsider"]),
        (["--unit", "02"], ["appraiser", "inspector", "leader", "reform_officer"]),
        (["--locked"], []),
    ],
)
def test_accounts_are_listed_for_programs(cast: Cast, options: list[str], usernames: list[str]) -> None:
    rows = json.loads(CliRunner().invoke(accounts_command, ["list", "--json", *options]).stdout)
    assert [row["username"] for row in rows] == usernames
    if rows:
        assert set(rows[0]["roles"][0]) == {"role", "unit", "from", "until"}


def test_a_clerk_without_agency_code_is_told_of(small_tree: None, cast: Cast) -> None:
    order = ["open", "mai", "--name", "Mai", "--role", "clerk@00691", "--password", "a long and quiet river"]
    with translation.override("en"):
        assert "00691 has no agency code" in CliRunner().invoke(accounts_command, order).output


def test_a_backup_is_noted(db: None) -> None:
    run = CliRunner().invoke
    assert run(note_backup_command, ["--at", "2020-01-02T03:04", "--location", "tape"]).exit_code == 0
    noted = last_backup()
    assert noted is not None
    assert (noted.at.isoformat(), noted.location, noted.by) == (
        "2020-01-02T03:04:00+07:00",
        "tape",
        "console",
    )
    assert run(note_backup_command, ["--at", "2999-01-01"]).exit_code == 1


def test_the_console_helps_who_lost_the_phone(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.administrator, type=Authenticator.Type.TOTP, data={})
    assert CliRunner().invoke(accounts_command, ["reset-second-factor", "administrator"]).exit_code == 0
    assert not has_second_step(cast.administrator)
    assert CliRunner().invoke(accounts_command, ["reset-second-factor", "nobody"]).exit_code == 1
