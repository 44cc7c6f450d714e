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
    """Create accounts and assign roles."""


@accounts_command.command("open")
@click.argument("username")
@click.option("--name", required=True, help="The person's full name.")
@click.option(
    "--role", "roles", multiple=True, required=True, help="ROLE@UNIT, for example inspector@02; repeatable."
)
@click.password_option(help="Prompted for if omitted.")
def open_one(*, username: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Create an account, or change the name, password and roles of an existing one.

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
@click.option("--name", required=True, help="Name of the program that will use it.")
@click.option(
    "--days", type=int, default=365, show_default=True, help="How long it is valid, at most 366 days."
)
@click.option("--revoke", is_flag=True, help="Revoke the tokens with this name instead.")
def token(*, username: str, name: str, days: int, revoke: bool) -> None:
    """Create an API token for this account; it is printed once and not stored."""
    if revoke:
        count = revoke_token(username, name=name, actor=console_actor())
        say(f"{count} token(s) revoked.")
        return
    click.echo(issue_token(username, name=name, days=days, actor=console_actor()))


@accounts_command.command("close")
@click.argument("username")
def close(username: str) -> None:
    """Close an account: it can no longer sign in or call the API; its history is kept."""
    try:
        close_account(username, actor=console_actor())
    except NotFound as error:
        fail(str(error))
    say(f"{username} may no longer sign in.")


@accounts_command.command("allowance")
@click.option("--per-second", type=click.FloatRange(min=0.1), help="Sustained calls per second.")
@click.option("--burst", type=click.IntRange(min=4), help="Maximum burst of calls.")
def allowance(*, per_second: float | None, burst: int | None) -> None:
    """Show or set the API allowance of every account."""
    now = rate_in_force()
    if per_second or burst:
        now = AccountRate(per_second=per_second or now.per_second, burst=burst or now.burst)
        set_rate(now, actor=console_actor())
    say(f"Each account may make {now.per_second:g} calls per second, with bursts of {now.burst}.")


def _grant(text: str) -> Grant:
    role, _, unit = text.partition("@")
    if role not in _ROLES or not unit:
        role_names = ", ".join(_ROLES)
        fail(
            f"--role {text}: write ROLE@UNIT, UNIT {EVERYWHERE} for all; roles: {role_names}.",
            code=WRONG_USAGE,
        )
    return Grant(role=Role(role), unit_code=unit)
