"""What the API takes for a verb; a verb's own body stands in its file."""

from __future__ import annotations

from typing import Any

from ninja import Field

from congtam.dossiers.files.rest.uploads import FileIn, told_files
from congtam.dossiers.intake.rest.receipts import Closed, HandedInIn, Text
from congtam.foundation.public import Actor


class Body(Closed):
    """The fields of one verb, named as its action's."""

    def arguments(self, *, actor: Actor) -> dict[str, Any]:
        """As the action takes them."""
        return {name: _argument(getattr(self, name), actor) for name in type(self).model_fields}


class Reason(Body):
    """Why it is done."""

    reason: Text = Field(examples=["Hồ sơ thiếu giấy xác nhận"])


def _argument(value: Any, actor: Actor) -> Any:
    if isinstance(value, FileIn):
        return value.told(actor=actor)
    if isinstance(value, HandedInIn):
        return value.told()
    if isinstance(value, list) and value and isinstance(value[0], FileIn):
        return told_files(value, actor=actor)
    return tuple(_argument(each, actor) for each in value) if isinstance(value, list) else value
