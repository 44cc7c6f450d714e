"""Telling every process that the catalogue has changed."""

from __future__ import annotations

import secrets
from typing import Final

from congtam.foundation.public import set_installation_notes

EDITION_NOTE: Final = "procedures_edition"


def renew_edition() -> None:
    """Give the catalogue a new edition, so that what is kept in memory of the old one is not used again.

    The mark is drawn by chance: what was read in a transaction that is undone later is never found again.
    """
    set_installation_notes(**{EDITION_NOTE: secrets.token_hex(8)})
