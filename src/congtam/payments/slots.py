"""What pages of fees have room for, and the page of a room above they link to (vị trí mở rộng)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.slots import LinkSlot, Slot
from congtam.ui.public import PageLink

LIST_LINKS: Final[Slot[None, PageLink]] = Slot(name="payments.list_links")
"""Links beside the title of the list of fee requests; they concern no single request, so there is no subject."""
ONLINE_PAYMENT: Final = LinkSlot("payments.online_payment")
"""Where a payer pays a fee request online; part: its code. Empty where there is no gateway."""
