"""Where a pack stands (trạng thái của bộ số liệu): in preparation, announced to the unit, open to it, or withdrawn."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from congtam.kernel.errors import msgid


class PackState(StrEnum):
    """The states of a preparation (trạng thái chuẩn bị kiểm tra)."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Final = {
    PackState.DRAFT.value: msgid("Draft"),
    PackState.ANNOUNCED.value: msgid("Announced"),
    PackState.OPEN.value: msgid("Open to the unit"),
    PackState.WITHDRAWN.value: msgid("Pack withdrawn"),
}
ADDRESSED: Final = (PackState.ANNOUNCED, PackState.OPEN)
"""In these the inspected unit knows of the inspection; before and after them there is none for it."""
LISTED: Final = (PackState.DRAFT, *ADDRESSED)
"""What lists show: a withdrawn pack stays in the ledger and at its address."""
