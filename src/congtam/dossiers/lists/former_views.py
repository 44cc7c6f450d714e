"""What earlier versions wrote of saved lists in the ledger: their names, which may be those of persons."""

from __future__ import annotations

from typing import Any

from congtam.foundation.ledger_rewriting import Rewriting, declare_rewriting
from congtam.foundation.person_keys import keyed_digest, new_key


def declare() -> None:
    """Have the names replaced when the ledger is rewritten."""
    declare_rewriting(Rewriting(kind="saved_view", key_pattern="/.*[^0-9]", rewrite=_rewrite))


def _rewrite(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each name by a number of its own; which name it was is nowhere."""
    key = new_key()
    return [{**entry, "key": _numbered(entry["key"], key)} for entry in entries]


def _numbered(key: str, secret: bytes) -> str:
    username, _slash, name = key.partition("/")
    return key if name.isdecimal() else f"{username}/{int(keyed_digest(secret, name)[:12], 16)}"
