"""What rooms above show on the page of one's own sign-ins, and which of their pages show persons (vị trí mở rộng)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congtam.foundation.slots import Slot

ACCOUNT_LINES: Final[Slot[str, Mapping[str, Any]]] = Slot(name="sign_in.account_lines")
"""Lines of the ledger about an account, by its user name: title, at, by, detail."""

PERSON_PAGES: Final[dict[str, str]] = {}
"""Pages that show a person, by view name, with the argument that names the dossier, filing or supplement."""


def declare_person_pages(pages: Mapping[str, str]) -> None:
    """Let readings of these pages be recorded; each room declares its own."""
    PERSON_PAGES.update(pages)
