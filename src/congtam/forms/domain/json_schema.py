"""A form as JSON Schema (draft 2020-12): what a program may send as answers, readable by its own tools.

The schema is the strict way of writing: numbers, amounts and years as JSON numbers, days as yyyy-mm-dd, boxes as
booleans, what is blank left out. `validate` takes everything the schema takes, and more ways of writing (“1.234,5”,
05/03/2026). Not expressible, and left to `validate`: the bounds of days, more than six decimals, what an identity
number says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from congtam.forms.domain.bounds import bounds_hint, bounds_of, row_bounds
from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.values import FIRST_YEAR, LAST_YEAR, LONGEST, YES, longest_text
from congtam.kernel.errors import Translate, fill, msgid
from congtam.kernel.input import emails, phones

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TOO_LARGE: Final = 10**15
_BLANK: Final = r"\s\u0000-\u001f\u007f-\u009f\ud800-\udfff"
"""Signs that make no answer by themselves."""
_NOT_BLANK: Final = f"[^{_BLANK}]"
_PATTERNS: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: _NOT_BLANK,
    FieldKind.LONG_TEXT: _NOT_BLANK,
    FieldKind.PHONE: phones.STORED_PATTERN,
    FieldKind.EMAIL: emails.STORED_PATTERN,
    FieldKind.ID_NUMBER: "^([0-9]{9}|[0-9]{12})$",
    FieldKind.DATE: "^(1[89][0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}$",
}
_Schema = dict[str, Any]


def json_schema(
    form: Sequence[FormField],
    *,
    language: str = "vi",
    today: date,
    translate: Translate = msgid,
) -> dict[str, Any]:
    """The answers of a form (of one case) as JSON Schema, with titles in a language; bounds that move hold ``today``.

    >>> rooms = FormField(name="rooms", label="Số phòng", kind=FieldKind.NUMBER, minimum="1", maximum="20")
    >>> json_schema([rooms], today=date(2026, 3, 2))["properties"]["rooms"]
    {'title': 'Số phòng', 'description': 'Enter a number from 1 to 20.', 'type': 'number', 'minimum': 1, 'maximum': 20}
    """
    writer = _Writer(language, today, translate)
    return {"$schema": DIALECT, **writer.answers(form)}


class _Writer:
    """Writes the schemas of fields for one language and day."""

    def __init__(self, language: str, today: date, translate: Translate) -> None:
        self.language, self.today, self.translate = language, today, translate

    def answers(self, form: Sequence[FormField]) -> _Schema:
        """The schema of an object of answers: of a form, or of a row of a table."""
        by_name = {field.name: field for field in form}
        schema: _Schema = {
            "type": "object",
            "properties": {field.name: self.field(field) for field in form},
            "required": [field.name for field in form if field.is_required and not field.shown_when],
            "additionalProperties": False,
        }
        rules = [
            {"if": _shown_condition_schema(field, by_name), "then": {"required": [field.name]}}
            for field in form
            if field.is_required and field.shown_when
        ]
        return {**schema, "allOf": rules} if rules else schema

    def field(self, field: FormField) -> _Schema:
        """The schema of one answer, with what a person should know."""
        hint = bounds_hint(field, today=self.today)
        parts = (field.help, fill(self.translate(hint.message), hint.data) if hint else "")
        description = " ".join(part for part in parts if part)
        texts = {"title": field.label_in(self.language), "description": description}
        return {**{key: text for key, text in texts.items() if text}, **self._field_schema(field)}

    def _field_schema(self, field: FormField) -> _Schema:
        writers: Mapping[FieldKind, Callable[[FormField], _Schema]] = {
            FieldKind.NUMBER: self._number_schema,
            FieldKind.MONEY: self._number_schema,
            FieldKind.YEAR: self._number_schema,
            FieldKind.CHOICE: _choice_schema,
            FieldKind.CHOICES: _choices_schema,
            FieldKind.YES: _box_schema,
            FieldKind.ROWS: self._rows_schema,
        }
        return writers.get(field.kind, _text_schema)(field)

    def _number_schema(self, field: FormField) -> _Schema:
        minimum, maximum = bounds_of(field, today=self.today)
        schema: _Schema = {"type": "number" if field.kind is FieldKind.NUMBER else "integer"}
        if field.kind is FieldKind.YEAR:
            minimum = max(minimum or Decimal(FIRST_YEAR), Decimal(FIRST_YEAR))
            maximum = min(maximum if maximum is not None else Decimal(LAST_YEAR), Decimal(LAST_YEAR))
        # Numbers of sixteen digits are never taken, whatever the form names.
        if minimum is None or minimum <= -_TOO_LARGE:
            schema["exclusiveMinimum"] = -_TOO_LARGE
        else:
            schema["minimum"] = _json_number(minimum)
        if maximum is None or maximum >= _TOO_LARGE:
            schema["exclusiveMaximum"] = _TOO_LARGE
        else:
            schema["maximum"] = _json_number(maximum)
        return schema

    def _rows_schema(self, field: FormField) -> _Schema:
        minimum, maximum = row_bounds(field)
        row = self.answers(field.columns)
        if not row["required"]:
            row["anyOf"] = _non_blank_row_schemas(field.columns)
        return {"type": "array", "minItems": max(minimum, 1), "maxItems": maximum, "items": row}


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _text_schema(field: FormField) -> _Schema:
    schema: _Schema = {"type": "string", "pattern": _PATTERNS[field.kind]}
    if field.kind in LONGEST:
        schema["maxLength"] = longest_text(field)
    if field.kind is FieldKind.EMAIL:
        schema["maxLength"] = emails.LONGEST
    if field.kind is FieldKind.DATE:
        schema["format"] = "date"
    return schema


def _choice_schema(field: FormField) -> _Schema:
    return {"enum": [option.value for option in field.options], "x-labels": field.option_labels}


def _choices_schema(field: FormField) -> _Schema:
    return {"type": "array", "items": _choice_schema(field), "minItems": 1, "uniqueItems": True}


def _box_schema(field: FormField) -> _Schema:
    """A box that must be ticked is true wherever it is asked; another may be false."""
    return {"const": True} if field.is_required else {"type": "boolean"}


def _shown_condition_schema(field: FormField, by_name: Mapping[str, FormField]) -> _Schema:
    """That a field is asked: its condition is met, and that of the field it depends on."""
    condition = field.shown_when
    other = by_name.get(condition.field) if condition else None
    if condition is None:
        return {}
    if other is None:
        return {"not": {}}
    met = [_value_condition_schema(other, value) for value in condition.values]
    own = met[0] if len(met) == 1 else {"anyOf": met}
    return {"allOf": [own, _shown_condition_schema(other, by_name)]} if other.shown_when else own


def _value_condition_schema(field: FormField, value: str) -> _Schema:
    """That a choice or box has a value; a box that is left out is not ticked."""
    if field.kind is FieldKind.YES:
        ticked = _answers_schema(field, {"const": True})
        return ticked if value == YES else {"not": ticked}
    chosen = {"const": value}
    return _answers_schema(field, {"contains": chosen} if field.kind is FieldKind.CHOICES else chosen)


def _answers_schema(field: FormField, schema: _Schema) -> _Schema:
    return {"properties": {field.name: schema}, "required": [field.name]}


def _non_blank_row_schemas(columns: Sequence[FormField]) -> list[_Schema]:
    """That a row is not blank: one of the columns that are asked has an answer."""
    by_name = {column.name: column for column in columns}
    answered = [
        _answers_schema(column, {"const": True} if column.kind is FieldKind.YES else {}) for column in columns
    ]
    return [
        {"allOf": [answer, _shown_condition_schema(column, by_name)]} if column.shown_when else answer
        for column, answer in zip(columns, answered, strict=True)
    ]
