"""`congtam accounts` and `congtam note-backup`: what an administrator does at the command line."""

from __future__ import annotations

from datetime import datetime

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congtam.administration.accounts.listing import account_rows, account_table
from congtam.administration.accounts.queries import AccountQuery
from congtam.administration.accounts.verbs import ACCOUNTS
from congtam.administration.accounts.verbs.close import CLOSE
from congtam.administration.accounts.verbs.reset_second_step import RESET_SECOND_STEP
from congtam.administration.running.backups import note_backup
from congtam.administration.running.uncoded_units import describe_missing_codes
from congtam.api.allowance import AccountRate, rate_in_force, set_rate
from congtam.dossiers.intake.public import units_without_code
from congtam.foundation.cli_support import WRONG_USAGE, emit_json, fail, say
from congtam.foundation.public import (
    EVERYWHERE,
    Account,
    Grant,
    Role,
    clock,
    console_actor,
    create_or_update_account,
    real_clock,
)
from congtam.foundation.room import StorageLimits, set_storage_limits, storage_limits
from congtam.foundation.storage import disk_space
from congtam.foundation.tokens import issue_token, revoke_token
from congtam.kernel.clock import LOCAL, today
from congtam.kernel.errors import DomainError

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
    grants = [_parse_grant(text) for text in roles]
    try:
        validate_password(password, Account(username=username, name=name))
    except ValidationError as weak:
        fail(" ".join(weak.messages), code=WRONG_USAGE)
    create_or_update_account(
        username=username, name=name, password=password, grants=grants, actor=console_actor()
    )
    say(_("{username} may now sign in.").format(username=username))
    codes = [grant.unit_code for grant in grants if grant.role is Role.CLERK]
    if text := describe_missing_codes(units_without_code(codes, on=today(clock()))):
        say(_("Note: {text}").format(text=text))


@accounts_command.command("list")
@click.option("--role", type=click.Choice(_ROLES), help="Only accounts that hold this role today.")
@click.option("--unit", default="", help="Only accounts that hold a role over this unit today, by its code.")
@click.option("--locked", is_flag=True, help="Only accounts that are locked.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
def list_accounts(*, role: str | None, unit: str, locked: bool, as_json: bool) -> None:
    """List the accounts with their roles, their state and their last sign-in."""
    query = AccountQuery(role=role or "", unit_code=unit, state="closed" if locked else "")
    rows = account_rows(query, actor=console_actor())
    if as_json:
        emit_json(rows)
        return
    for line in account_table(rows):
        click.echo(line)


@accounts_command.command("token")
@click.argument("username")
@click.option("--name", required=True, help="Name of the program that will use it.")
@click.option(
    "--days", type=int, default=365, show_default=True, help="How long it is valid, at most 366 days."
)
@click.option("--privileged", is_flag=True, help="It may also give rights, refund, sign, publish and erase.")
@click.option("--revoke", is_flag=True, help="Revoke the tokens with this name instead.")
def token(*, username: str, name: str, days: int, privileged: bool, revoke: bool) -> None:
    """Create an API token for this account; it is printed once and not stored."""
    if revoke:
        count = revoke_token(username, name=name, actor=console_actor())
        say(_("Tokens revoked: {count}.").format(count=count))
        return
    issued = issue_token(username, name=name, days=days, actor=console_actor(), is_privileged=privileged)
    click.echo(issued)


@accounts_command.command("close")
@click.argument("username")
def close(username: str) -> None:
    """Close an account: it can no longer sign in or call the API; its history is kept."""
    try:
        ACCOUNTS.perform(username, CLOSE, actor=console_actor())
    except DomainError as error:
        fail(error.format_message(_))
    say(_("{username} may no longer sign in.").format(username=username))


@accounts_command.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(*, username: str) -> None:
    """Remove passkeys, app and recovery codes of an account, for example after a phone was lost; sessions end."""
    try:
        ACCOUNTS.perform(username, RESET_SECOND_STEP, actor=console_actor())
    except DomainError as error:
        fail(error.format_message(_))
    say(
        _(
            "The second step of {username} is reset: the password alone opens the account until a new one is set up."
        ).format(username=username)
    )


@accounts_command.command("allowance")
@click.option("--per-second", type=click.FloatRange(min=0.1), help="Sustained calls per second.")
@click.option("--burst", type=click.IntRange(min=4), help="Maximum burst of calls.")
def allowance(*, per_second: float | None, burst: int | None) -> None:
    """Show or set the API allowance of every account."""
    now = rate_in_force()
    if per_second or burst:
        now = AccountRate(per_second=per_second or now.per_second, burst=burst or now.burst)
        set_rate(now, actor=console_actor())
    text = _("Each account may make {per_second} calls per second, with bursts of {burst}.")
    say(text.format(per_second=f"{now.per_second:g}", burst=now.burst))


@accounts_command.command("storage")
@click.option("--mib-a-day", type=click.IntRange(min=1), help="MiB that an account may store a day.")
@click.option("--free-mib", type=click.IntRange(min=0), help="MiB of the disk that uploads leave free.")
def storage(*, mib_a_day: int | None, free_mib: int | None) -> None:
    """Show or set how much every account may store a day, and how much of the disk stays free."""
    now = storage_limits()
    if mib_a_day is not None or free_mib is not None:
        changed = StorageLimits(
            mib_a_day=mib_a_day or now.mib_a_day, free_mib=now.free_mib if free_mib is None else free_mib
        )
        now = set_storage_limits(changed, actor=console_actor())
    free = now.free_floor(disk_space().total) >> 20
    text = _("Each account may store {limit} MiB a day; uploads leave {free} MiB of the disk free.")
    say(text.format(limit=now.mib_a_day, free=free))


def _parse_grant(text: str) -> Grant:
    role, _sign, unit = text.partition("@")
    if role not in _ROLES or not unit:
        role_names = ", ".join(_ROLES)
        fail(
            _("--role {text}: write ROLE@UNIT, UNIT {everywhere} for all; roles: {roles}.").format(
                text=text, everywhere=EVERYWHERE, roles=role_names
            ),
            code=WRONG_USAGE,
        )
    return Grant(role=Role(role), unit_code=unit)


@click.command("note-backup")
@click.option("--location", default="", help="Where the copy lies.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%d/%m/%Y", "%d/%m/%Y %H:%M"]),
    help="When it was made [now].",
)
def note_backup_command(*, location: str, at: datetime | None) -> None:
    """Note that a backup was made, as the last step of a backup script."""
    made_at = at.replace(tzinfo=LOCAL) if at else real_clock().now()
    try:
        note_backup(at=made_at, location=location, actor=console_actor())
    except DomainError as error:
        fail(error.format_message(_))
    say(_("Backup of {instant} recorded.").format(instant=f"{made_at.astimezone(LOCAL):%d/%m/%Y %H:%M}"))
