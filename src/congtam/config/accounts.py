"""`congtam accounts`: the first accounts of an installation, from the command line."""

from __future__ import annotations

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from congtam.api.allowance import AccountRate, rate_in_force, set_rate
from congtam.foundation.cli_support import WRONG_USAGE, fail, say
from congtam.foundation.public import (
    EVERYWHERE,
    Account,
    Grant,
    Role,
    close_account,
    console_actor,
    open_account,
)
from congtam.foundation.tokens import issue_token, revoke_token
from congtam.kernel.errors import NotFound

_ROLES = [role.value for role in Role]


@click.group()
def accounts_command() -> None:
    """Open accounts and give roles."""


@accounts_command.command("open")
@click.argument("username")
@click.option("--name", required=True, help="The person's full name.")
@click.option(
    "--role", "roles", multiple=True, required=True, help="ROLE@UNIT, for example inspector@02; repeatable."
)
@click.password_option(help="Asked for when not given.")
def open_one(*, username: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Open an account, or set an existing one's name, password and roles.

    ROLE is one of clerk, officer, unit_head, reform_officer, inspector, appraiser, leader, administrator, observer;
    UNIT is the unit's official code, or * for the whole installation.
    """
    grants = [_grant(text) for text in roles]
    try:
        validate_password(password, Account(username=username, name=name))
    except ValidationError as weak:
        fail(" ".join(weak.messages), code=WRONG_USAGE)
    open_account(username=username, name=name, password=password, grants=grants, actor=console_actor())
    say(f"{username} may now sign in.")


@accounts_command.command("token")
@click.argument("username")
@click.option("--name", required=True, help="Which program will use it.")
@click.option(
    "--days", type=int, default=365, show_default=True, help="How long it is valid, at most 366 days."
)
@click.option("--revoke", is_flag=True, help="Make the tokens of this name worthless instead.")
def token(*, username: str, name: str, days: int, revoke: bool) -> None:
    """Make a token with which a program uses the API as this account; it is printed once and kept nowhere."""
    if revoke:
        count = revoke_token(username, name=name, actor=console_actor())
        say(f"{count} token(s) revoked.")
        return
    click.echo(issue_token(username, name=name, days=days, actor=console_actor()))


@accounts_command.command("close")
@click.argument("username")
def close(username: str) -> None:
    """Let an account neither sign in nor call the API any more; what it did stays."""
    try:
        close_account(username, actor=console_actor())
    except NotFound as error:
        fail(str(error))
    say(f"{username} may no longer sign in.")


@accounts_command.command("allowance")
@click.option("--per-second", type=click.FloatRange(min=0.1), help="Calls a second that go on for long.")
@click.option("--burst", type=click.IntRange(min=4), help="Calls at once.")
def allowance(*, per_second: float | None, burst: int | None) -> None:
    """Show or set how much every account may ask of the API."""
    now = rate_in_force()
    if per_second or burst:
        now = AccountRate(per_second=per_second or now.per_second, burst=burst or now.burst)
        set_rate(now, actor=console_actor())
    say(f"Each account may make {now.per_second:g} calls a second for long, {now.burst} at once.")


def _grant(text: str) -> Grant:
    role, _, unit = text.partition("@")
    if role not in _ROLES or not unit:
        role_names = ", ".join(_ROLES)
        fail(
            f"--role {text}: write ROLE@UNIT, UNIT {EVERYWHERE} for all; roles: {role_names}.",
            code=WRONG_USAGE,
        )
    return Grant(role=Role(role), unit_code=unit)
