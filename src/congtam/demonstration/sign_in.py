"""How to sign in to the demonstration (đăng nhập tỉnh trình diễn)."""

from __future__ import annotations

from dataclasses import dataclass

from congtam.demonstration.actions.accounts import ACCOUNTS
from congtam.demonstration.actions.load import folder, loaded_demonstration
from congtam.demonstration.domain.scenarios import Scenario


@dataclass(frozen=True)
class SignIn:
    """How to sign in to an account of the demonstration."""

    username: str
    password: str
    description: str


def loaded_scenario() -> Scenario | None:
    """The scenario that this installation plays, if it is a demonstration."""
    loaded = loaded_demonstration()
    return loaded.script if loaded else None


def accounts() -> list[SignIn]:
    """The accounts of the demonstration with their password; none where it is not loaded."""
    stored = folder() / "password"
    if loaded_demonstration() is None or not stored.exists():
        return []
    password = stored.read_text().strip()
    return [
        SignIn(each.username, password, f"{each.position} ({each.role}, {each.unit_code})")
        for each in ACCOUNTS
    ]
