"""What the page of a unit's figures has room for (vị trí mở rộng trên trang số liệu của đơn vị)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.foundation.slots import Slot
from congtam.kernel.periods import Period
from congtam.ui.public import PageLink


@dataclass(frozen=True, kw_only=True)
class UnitInPeriod:
    """The unit and the period that the page shows."""

    unit: str
    period: Period


FIGURES_LINKS: Final[Slot[UnitInPeriod, PageLink]] = Slot(name="indicators.figures_links")
"""Links beside the name of the unit, which the reader may see."""
