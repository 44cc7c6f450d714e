"""What rooms above show on the page of one's own sign-ins, and which of their pages show persons (vị trí mở rộng)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congtam.foundation.slots import Slot

ACCOUNT_LINES: Final[Slot[str, Mapping[str, Any]]] = Slot(name="sign_in.account_lines")
"""Lines of the ledger about an account, by its user name: title, at, by, detail."""

PERSON_PAGES: Final[dict[str, str]] = {
    "dossiers:detail": "code",
    "dossiers:file": "code",
    "dossiers:filing": "code",
    "dossiers:filing_file": "code",
    "dossiers:slip": "code",
    "reports:dossier_form": "code",
    "api:read_dossier": "code",
    "api:read_file": "code",
    "api:read_filing": "code",
    "api:read_filing_file": "code",
    "api:read_document": "code",
    "api:read_supplement_file": "key",
}
"""Pages and routes that show a person, with the argument that says of which dossier, filing or supplement.

Here are those of the rooms below and of the API; rooms above declare theirs.
"""


def declare_person_pages(pages: Mapping[str, str]) -> None:
    """Let readings of these pages be recorded too; each room above declares its own."""
    PERSON_PAGES.update(pages)
