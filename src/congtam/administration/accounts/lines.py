"""Lines of the ledger about an account, in words (nhật ký của tài khoản): for its page, and for its owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from congtam.administration.accounts.wording import role_text
from congtam.administration.ledger.wording import verb_text
from congtam.foundation.ledger_search import LedgerQuery, find_lines
from congtam.foundation.public import Actor, Role, display_names, lines_about

_EXPORTS: Final = ("dossiers.exported", "ledger.exported", "sign_in.exported")


def account_history(username: str) -> list[dict[str, Any]]:
    """What was done with an account lately, in words."""
    lines = lines_about("account", username, limit=20)
    names = display_names(line.actor for line in lines)
    return [
        {
            "title": verb_text(line.verb),
            "at": line.at,
            "by": names.get(line.actor, line.actor),
            "detail": _detail(line.data),
        }
        for line in lines
    ]


def _detail(data: Mapping[str, Any]) -> str:
    """The roles a line is about, if it is about some."""
    texts = [f"{data['role']}@{data.get('unit', '')}"] if "role" in data else data.get("roles", ())
    return "; ".join(_written_role(text) for text in texts)


def _written_role(text: str) -> str:
    """A role and its unit as the ledger writes them (``clerk@024``), in words."""
    role, _at, unit = text.partition("@")
    if role not in set(Role):
        return text
    return role_text(Role(role), unit)


def own_lines(username: str, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """For its owner: changes of the account, and what the person exported; the newest first."""
    if username != actor.username:
        return
    exports = [
        {"title": verb_text(line.verb), "at": line.at, "by": actor.name, "detail": ""}
        for verb in _EXPORTS
        for line in find_lines(LedgerQuery(actor=username, verb=verb), limit=10)
    ]
    lines = [*account_history(username), *exports]
    yield from sorted(lines, key=lambda line: line["at"], reverse=True)
