"""The 45 fields of a dossier in a list (các trường của một dòng hồ sơ): one definition for exports and the API.

Each is read by one expression of the database, so that a list of a million rows is one statement. Personal fields are
left empty where the reader may not see the person (``queries.rows`` does that, and looks up what a unit was called).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Case, DecimalField, F, Func, OuterRef, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.lists.queries.expressions import verdict
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.labels import (
    APPLICANT_KINDS,
    CHANNELS,
    LIMIT_UNITS,
    PAYMENTS,
    RETURN_WAYS,
    ROLES,
    STATES,
    VERDICTS,
)
from congtam.org_units.public import VisibleUnits
from congtam.ui.public import Label


class RowFieldKind(StrEnum):
    """What a field holds; decides how it is written."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    TRUTH = "truth"
    INSTANT = "instant"
    UNIT_NAME = "unit_name"
    LINKED = "linked"
    COLLEAGUE = "colleague"
    """An account, told to people by its name; dossiers of other systems may hold a name already."""


LazyText = str | Promise
FieldSource = Callable[[datetime], Combinable]


@dataclass(frozen=True, kw_only=True)
class RowField:
    """One field: its name in the API, its heading, what it holds, and how it is read as of an instant.

    ``is_limit``: an instant until which something may be done; one at the end of a day is only a day.
    """

    name: str
    label: LazyText
    kind: RowFieldKind
    source: FieldSource
    choices: Mapping[str, Label] | None = None
    is_personal: bool = False
    is_limit: bool = False


def _column_source(path: str, *, text: bool) -> FieldSource:
    """The column; a text is empty, not missing, where the dossier has no desk record or no party."""
    if text and "__" in path:
        return lambda _now: Coalesce(F(path), Value(""), output_field=TextField())
    return lambda _now: F(path)


def _text_field(name: str, label: LazyText, path: str = "") -> RowField:
    return RowField(
        name=name, label=label, kind=RowFieldKind.TEXT, source=_column_source(path or name, text=True)
    )


def _personal_field(name: str, label: LazyText, path: str) -> RowField:
    source = _column_source(path, text=True)
    return RowField(name=name, label=label, kind=RowFieldKind.TEXT, source=source, is_personal=True)


def _colleague_field(name: str, label: LazyText, path: str = "") -> RowField:
    return RowField(
        name=name, label=label, kind=RowFieldKind.COLLEAGUE, source=_column_source(path or name, text=True)
    )


def _choice_field(name: str, label: LazyText, path: str = "", *, choices: Mapping[str, Label]) -> RowField:
    source = _column_source(path or name, text=True)
    return RowField(name=name, label=label, kind=RowFieldKind.CHOICE, source=source, choices=choices)


def _number_field(name: str, label: LazyText, path: str = "") -> RowField:
    return RowField(
        name=name, label=label, kind=RowFieldKind.NUMBER, source=_column_source(path or name, text=False)
    )


def _boolean_field(name: str, label: LazyText, path: str = "") -> RowField:
    return RowField(
        name=name, label=label, kind=RowFieldKind.TRUTH, source=_column_source(path or name, text=False)
    )


def _instant_field(name: str, label: LazyText, path: str = "", *, is_limit: bool = False) -> RowField:
    source = _column_source(path or name, text=False)
    return RowField(name=name, label=label, kind=RowFieldKind.INSTANT, source=source, is_limit=is_limit)


def _result_field(name: str, label: LazyText, key: str) -> RowField:
    source: FieldSource = lambda _now: Coalesce(  # noqa: E731 - one cell of the table
        KeyTextTransform(key, "desk__result"), Value(""), output_field=TextField()
    )
    return RowField(name=name, label=label, kind=RowFieldKind.TEXT, source=source)


def _parent_code_source(_now: datetime) -> Combinable:
    """The code of the dossier it was opened for with the unit of that one, for `visible_code`."""
    unit = Dossier.objects.filter(code=OuterRef("desk__parent_code")).values("unit_code")[:1]
    code_and_unit = Concat(F("desk__parent_code"), Value("|"), Subquery(unit), output_field=TextField())
    return Case(
        When(desk__parent_code__gt="", then=code_and_unit), default=Value(""), output_field=TextField()
    )


def visible_code(linked: str, units: VisibleUnits) -> str:
    """Of a linked dossier the code; nothing where the reader does not see it."""
    code, _between, unit = linked.rpartition("|")
    return code if unit in units else ""


FIELDS: Final[tuple[RowField, ...]] = (
    _text_field("code", _("Dossier code")),
    _text_field("unit_code", _("Unit code")),
    RowField(
        name="unit_name", label=_("Unit"), kind=RowFieldKind.UNIT_NAME, source=lambda _now: F("unit_code")
    ),
    _text_field("procedure_code", _("Procedure code")),
    _text_field("procedure_name", _("Procedure")),
    _text_field("field_name", _("Field of work")),
    _text_field("case_kind", _("Case"), "desk__case_kind"),
    _choice_field("channel", _("Filing channel"), choices=CHANNELS),
    _personal_field("applicant", _("Applicant"), "applicant"),
    RowField(
        name="applicant_kind",
        label=_("Kind of applicant"),
        kind=RowFieldKind.CHOICE,
        source=_column_source("applicant_kind", text=True),
        choices=APPLICANT_KINDS,
        is_personal=True,
    ),
    _personal_field("submitter", _("Submitter"), "party__submitter"),
    _personal_field("phone", _("Telephone"), "party__phone"),
    _personal_field("id_number", _("Identity number"), "party__id_number"),
    _personal_field("email", _("E-mail"), "party__email"),
    _personal_field("address", _("Address"), "party__address"),
    _instant_field("received_at", _("Received")),
    _text_field("received_unit_code", _("Receiving unit"), "desk__received_unit_code"),
    _colleague_field("received_by", _("Received by"), "desk__received_by"),
    RowField(
        name="limit_value",
        label=_("Time limit"),
        kind=RowFieldKind.NUMBER,
        source=lambda _now: Func(F("desk__limit_value"), function="trim_scale", output_field=DecimalField()),
    ),
    _choice_field("limit_unit", _("Unit of the time limit"), "desk__limit_unit", choices=LIMIT_UNITS),
    _text_field("limit_text", _("Time limit in words")),
    _instant_field("due_at", _("Due"), is_limit=True),
    RowField(
        name="verdict",
        label=_("Compared with the time limit"),
        kind=RowFieldKind.CHOICE,
        source=verdict,
        choices=VERDICTS,
    ),
    _number_field("supplement_count", _("Requests for supplement")),
    _instant_field("supplement_due_at", _("Supplement due"), "desk__supplement_due_at", is_limit=True),
    _number_field("suspended_seconds", _("Time suspended (seconds)")),
    _number_field("apology_count", _("Apologies"), "desk__apology_count"),
    _choice_field("state", _("State"), choices=STATES),
    _text_field("office", _("Office"), "desk__office"),
    _choice_field("role", _("Responsible role"), "desk__role", choices=ROLES),
    _colleague_field("holder", _("Holder"), "desk__holder"),
    _boolean_field("is_offered", _("Waiting for acceptance"), "desk__is_offered"),
    _instant_field("step_due_at", _("Step due"), "desk__step_due_at", is_limit=True),
    _colleague_field("officer", _("Officer")),
    _instant_field("decided_at", _("Decided"), "desk__decided_at"),
    _colleague_field("decided_by", _("Decided by"), "desk__decided_by"),
    _instant_field("finished_at", _("Finished")),
    _instant_field("returned_at", _("Result returned")),
    _choice_field("return_way", _("How the result is returned"), "desk__return_way", choices=RETURN_WAYS),
    _result_field("result_number", _("Number of the result"), "number"),
    _result_field("result_issued_on", _("Date of the result"), "issued_on"),
    _boolean_field("result_digitised", _("Result digitised")),
    _choice_field("payment", _("Payment"), choices=PAYMENTS),
    _number_field("fee_dong", _("Fee (đồng)")),
    RowField(
        name="parent_code",
        label=_("Opened for dossier"),
        kind=RowFieldKind.LINKED,
        source=_parent_code_source,
    ),
)
COLLEAGUES: Final = tuple(field.name for field in FIELDS if field.kind is RowFieldKind.COLLEAGUE)
"""The fields that hold accounts."""
