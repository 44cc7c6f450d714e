"""What the composition root uses of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from congtam.demonstration.actions.accounts import ACCOUNTS
from congtam.demonstration.actions.load import (
    NOTE,
    Demonstration,
    NotEmpty,
    OtherDemonstration,
    folder,
    has_dossiers,
    is_complete,
    load,
)
from congtam.foundation.cli_support import progress, say
from congtam.foundation.public import installation_notes

__all__ = [
    "Demonstration",
    "NotEmpty",
    "OtherDemonstration",
    "SignIn",
    "accounts",
    "load",
    "load_if_empty",
]


@dataclass(frozen=True)
class SignIn:
    """How to sign in to an account of the demonstration."""

    username: str
    password: str
    description: str


def load_if_empty() -> None:
    """Load the demonstration of the usual size, unless there are dossiers already; finish one that was interrupted."""
    begun = installation_notes().get(NOTE)
    if has_dossiers() and (begun is None or is_complete()):
        return
    say(_("Loading the demonstration province: about a minute, once."))
    with progress(_("Dossiers")) as advance:
        load(Demonstration(**begun) if begun else Demonstration(), progress=advance)


def accounts() -> list[SignIn]:
    """The accounts of the demonstration with their password; none where it is not loaded."""
    kept = folder() / "password"
    if NOTE not in installation_notes() or not kept.exists():
        return []
    password = kept.read_text().strip()
    return [
        SignIn(each.username, password, f"{each.position} ({each.role}, {each.unit_code})")
        for each in ACCOUNTS
    ]
