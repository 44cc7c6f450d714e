"""What the page of a unit has room for (vị trí mở rộng trên trang đơn vị)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.slots import Slot
from congtam.ui.public import PageLink

UNIT_LINKS: Final[Slot[str, PageLink]] = Slot(name="org_units.unit_links")
"""Links beside the name of a unit; the subject is the unit's code, which the reader may see."""
