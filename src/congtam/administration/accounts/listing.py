"""Accounts as a list for programs and the console (danh sách tài khoản cho dòng lệnh)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext

from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.queries import AccountQuery, build_account_in_care, find_accounts
from congtam.administration.accounts.reach import reach_of
from congtam.foundation.public import Account, Actor
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import msgid

_HEADINGS: Final = (
    msgid("user name"),
    msgid("name"),
    msgid("state"),
    msgid("last sign-in"),
    msgid("roles"),
)


def account_rows(query: AccountQuery, *, actor: Actor) -> list[dict[str, Any]]:
    """The visible accounts that match, as JSON values; roles that are over are left out."""
    reach = reach_of(actor)
    return [_account_row(account, actor=actor, reach=reach) for account in find_accounts(query, reach=reach)]


def account_table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The same as lines of a table whose columns stand under each other."""
    cells = [tuple(map(gettext, _HEADINGS)), *(_row_texts(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(_HEADINGS))]
    for line in cells:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def _account_row(account: Account, *, actor: Actor, reach: Reach) -> dict[str, Any]:
    subject = build_account_in_care(account, actor=actor, reach=reach)
    return {
        "username": account.username,
        "name": account.name,
        "position": account.position,
        "is_active": account.is_active,
        "has_temporary_password": account.has_temporary_password,
        "last_sign_in": account.last_login.isoformat() if account.last_login else None,
        "roles": [
            {
                "role": held.role.value,
                "unit": held.unit_code,
                "from": held.since.isoformat() if held.since else None,
                "until": held.until.isoformat() if held.until else None,
            }
            for held in subject.current_roles
        ],
    }


def _row_texts(row: dict[str, Any]) -> tuple[str, ...]:
    last = row["last_sign_in"]
    moment = _local_time_text(last) if last else gettext("never")
    roles = ", ".join(f"{held['role']}@{held['unit']}" for held in row["roles"])
    state = gettext("active") if row["is_active"] else gettext("locked")
    return (row["username"], row["name"], state, moment, roles or gettext("none"))


def _local_time_text(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(LOCAL).strftime("%d/%m/%Y %H:%M")
