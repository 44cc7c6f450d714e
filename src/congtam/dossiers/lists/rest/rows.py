"""A row of the API's list (dòng danh sách hồ sơ): the 45 fields that exports have, and what colleagues are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from django.utils import translation
from ninja import Field, Schema
from pydantic import create_model

from congtam.api.paging import Page
from congtam.dossiers.lists.row_fields import COLLEAGUES, FIELDS, RowField, RowFieldKind

_TYPES: Final[Mapping[RowFieldKind, Any]] = {
    RowFieldKind.TEXT: str,
    RowFieldKind.CHOICE: str,
    RowFieldKind.NUMBER: float | None,
    RowFieldKind.TRUTH: bool | None,
    RowFieldKind.INSTANT: datetime | None,
    RowFieldKind.UNIT_NAME: str,
    RowFieldKind.LINKED: str,
    RowFieldKind.COLLEAGUE: str,
}
_NAME_OF: Final = "What the person of `{name}` is called"
_DAY_ONLY: Final = "Which of the instants are known by their day only: the source gave no time"
_WHOLE: Final = frozenset({"supplement_count", "suspended_seconds", "apology_count", "fee_dong"})


def _field_schema(field: RowField) -> tuple[Any, Any]:
    """Type and description; who applies is null where the caller may not see persons."""
    kind = int | None if field.name in _WHOLE else _TYPES[field.kind]
    with translation.override("en"):
        label = str(field.label)
        codes = f": {', '.join(code for code in field.choices if code)}" if field.choices else ""
    if field.is_personal:
        return kind | None, Field(..., description=f"{label}{codes}; null for whoever may not see persons")
    return kind, Field(..., description=f"{label}{codes}")


DossierRowOut: Final = cast(
    "type[Schema]",
    create_model(  # type: ignore[call-overload]
        "DossierRowOut",
        __base__=Schema,
        __doc__="A dossier in a list; fields of the desk are empty for dossiers that came from other systems.",
        **{field.name: _field_schema(field) for field in FIELDS},
        day_only=(list[str], Field(..., description=_DAY_ONLY)),
        **{f"{name}_name": (str, Field(..., description=_NAME_OF.format(name=name))) for name in COLLEAGUES},
    ),
)
DossierList: Final = cast(
    "type[Schema]",
    create_model(
        "DossierList",
        __base__=Page,
        __doc__="A page of dossiers.",
        items=(list[DossierRowOut], ...),  # type: ignore[valid-type]
        count=(int | None, Field(None, description="Only when asked for with ?count=true")),
    ),
)
