"""What rooms above show on the page of one's own sign-ins (vị trí mở rộng)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congtam.foundation.slots import Slot

ACCOUNT_LINES: Final[Slot[str, Mapping[str, Any]]] = Slot(name="sign_in.account_lines")
"""Lines of the ledger about an account, by its user name: title, at, by, detail."""
