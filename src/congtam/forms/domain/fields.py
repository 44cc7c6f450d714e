"""The fields of a form (trường thông tin của tờ khai) and how they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

Answers = Mapping[str, Any]
"""By name of the field: a text, a list of texts (CHOICES), a list of such mappings (ROWS)."""


class FieldKind(StrEnum):
    """What is written in a field (kiểu dữ liệu)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    PHONE = "phone"
    EMAIL = "email"
    ID_NUMBER = "id_number"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer that may be chosen (phương án)."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ShownWhen:
    """When a field is asked (điều kiện hiển thị): an earlier field has one of these values.

    The earlier field is a choice, or a box to tick, whose values are “yes” and “no”. Within rows it is an earlier
    column of the same row.
    """

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One field of a form (trường thông tin)."""

    name: str
    label: str
    """Vietnamese, as the citizen reads it."""
    label_en: str = ""
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True
    section: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    minimum: str = ""
    """Number, money, year: the smallest value; date: a day (yyyy-mm-dd) or “today”; rows: how many at least."""
    maximum: str = ""
    """The same for the largest value; of a text, how many characters."""
    suffix: str = ""
    """The unit after the box, such as m²."""
    case_kind: str = ""
    shown_when: ShownWhen | None = None
    fill_from: str = ""
    """What is known already and filled in ahead, such as “applicant.name”."""
    columns: tuple[FormField, ...] = ()

    def label_in(self, language: str) -> str:
        """The label for a reader of a language; Vietnamese where there is no other."""
        return self.label_en if language == "en" and self.label_en else self.label

    @property
    def option_labels(self) -> dict[str, str]:
        """What may be chosen, by value."""
        return {option.value: option.label for option in self.options}


def fields_of_case(form: Iterable[FormField], case_kind: str) -> tuple[FormField, ...]:
    """The fields of a case (trường hợp), columns too; those of no case are for all.

    >>> late = FormField(name="reason", label="Lý do", case_kind="late")
    >>> [len(fields_of_case([late], case)) for case in ("late", "on_time", "")]
    [1, 0, 0]
    """
    of_case = (field for field in form if field.case_kind in {"", case_kind})
    return tuple(
        replace(field, columns=fields_of_case(field.columns, case_kind)) if field.columns else field
        for field in of_case
    )


def fields_to_json(form: Iterable[FormField]) -> list[dict[str, Any]]:
    """The fields as they are kept; what has its usual value is left out, so that digests outlive new attributes.

    >>> fields_to_json([FormField(name="name", label="Họ và tên", is_required=False)])
    [{'name': 'name', 'label': 'Họ và tên', 'is_required': False}]
    """
    return [_to_json(field) for field in form]


def _to_json(field: FormField) -> dict[str, Any]:
    values: dict[str, Any] = {
        each.name: getattr(field, each.name)
        for each in fields(FormField)
        if getattr(field, each.name) != each.default
    }
    if field.kind is not FieldKind.TEXT:
        values["kind"] = field.kind.value
    if field.options:
        values["options"] = [{"value": option.value, "label": option.label} for option in field.options]
    if field.shown_when:
        values["shown_when"] = {"field": field.shown_when.field, "values": list(field.shown_when.values)}
    if field.columns:
        values["columns"] = fields_to_json(field.columns)
    return values


def fields_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[FormField, ...]:
    """The fields as they were kept; the inverse of `fields_to_json`."""
    return tuple(_from_json(row) for row in rows)


def _from_json(row: Mapping[str, Any]) -> FormField:
    values = dict(row)
    values["kind"] = FieldKind(values.get("kind", FieldKind.TEXT))
    values["options"] = tuple(Option(**option) for option in values.get("options", ()))
    values["columns"] = fields_from_json(values.get("columns", ()))
    condition = values.get("shown_when")
    if condition:
        values["shown_when"] = ShownWhen(field=condition["field"], values=tuple(condition["values"]))
    return FormField(**values)


CHOOSING: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
CONDITIONS: Final = frozenset({*CHOOSING, FieldKind.YES})
"""The kinds that a condition may ask about: their answers are one of a few."""
