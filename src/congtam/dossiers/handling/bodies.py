"""What the API takes for a verb; a verb's own body stands in its file."""

from __future__ import annotations

from typing import Any

from ninja import Field

from congtam.dossiers.files.rest.uploads import FileIn, attached_files
from congtam.dossiers.intake.rest.receipts import HandedInIn, LongText, StrictSchema
from congtam.foundation.public import Actor


class VerbBody(StrictSchema):
    """The fields of one verb, named as its action's."""

    def arguments(self, *, actor: Actor) -> dict[str, Any]:
        """As the action takes them."""
        return {name: _verb_argument(getattr(self, name), actor) for name in type(self).model_fields}


class ReasonBody(VerbBody):
    """Why it is done."""

    reason: LongText = Field(examples=["Hồ sơ thiếu giấy xác nhận"])


class EndingBody(ReasonBody):
    """Why it ends, and the applicant's request."""

    request: FileIn | None = Field(
        default=None,
        description="The applicant's request, uploaded first; left out where it was attached to the dossier before.",
    )


def _verb_argument(value: Any, actor: Actor) -> Any:
    if isinstance(value, FileIn):
        return value.to_attached_file(actor=actor)
    if isinstance(value, HandedInIn):
        return value.to_paper()
    if isinstance(value, list) and value and isinstance(value[0], FileIn):
        return attached_files(value, actor=actor)
    return tuple(_verb_argument(each, actor) for each in value) if isinstance(value, list) else value
