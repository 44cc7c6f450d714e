"""What the page of a pack has room for (vị trí mở rộng trên trang bộ số liệu)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.slots import Slot
from congtam.ui.public import PageLink

PACK_LINKS: Final[Slot[str, PageLink]] = Slot(name="inspections.pack_links")
"""Links beside the title of a pack; the subject is its key, and the reader may see the pack."""
