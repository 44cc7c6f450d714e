"""The answers of a form as people read them (nội dung đã khai)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import number_or_none
from congtam.procedures.domain.forms.bounds import in_vietnamese
from congtam.procedures.domain.forms.fields import Answers, FieldKind, FormField
from congtam.procedures.domain.forms.showing import shown_fields
from congtam.procedures.domain.forms.values import ticked_of, typed

_TICKED: Final = "Có"
_NUMBERS: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY})


@dataclass(frozen=True, kw_only=True)
class ToldField:
    """An answered field: its text, or its rows below the columns that were filled in."""

    field: FormField
    text: str = ""
    columns: tuple[FormField, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def label(self) -> str:
        """The Vietnamese label."""
        return self.field.label

    @property
    def section(self) -> str:
        """The heading it stands under."""
        return self.field.section


def told(form: Sequence[FormField], answers: Answers, *, case_kind: str = "") -> list[ToldField]:
    """What was answered, in the order of the form; blank, hidden and unknown names are left out. Never raises.

    >>> form = [FormField(name="born_on", label="Ngày sinh", kind=FieldKind.DATE)]
    >>> [(each.label, each.text) for each in told(form, {"born_on": "2026-03-02", "else": "?"})]
    [('Ngày sinh', '02/03/2026')]
    """
    shown = shown_fields(form, answers, case_kind=case_kind)
    found = (_told(field, answers.get(field.name), case_kind) for field in shown)
    return [each for each in found if each.text or each.rows]


def _told(field: FormField, raw: object, case_kind: str) -> ToldField:
    if field.kind is not FieldKind.ROWS:
        return ToldField(field=field, text=text_of(field, raw))
    rows = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
    texts = [_row(field, row, case_kind) for row in rows]
    columns = tuple(column for column in field.columns if any(row.get(column.name) for row in texts))
    lines = (tuple(row.get(column.name, "") for column in columns) for row in texts)
    return ToldField(field=field, columns=columns, rows=tuple(line for line in lines if any(line)))


def _row(field: FormField, row: Mapping[str, Any], case_kind: str) -> dict[str, str]:
    shown = shown_fields(field.columns, row, case_kind=case_kind)
    return {column.name: text_of(column, row.get(column.name)) for column in shown}


def text_of(field: FormField, raw: object) -> str:
    """One answer as it is read; what cannot be read as its kind stays as it was typed.

    >>> text_of(FormField(name="area", label="Diện tích", kind=FieldKind.NUMBER, suffix="m²"), "1234.5")
    '1.234,5 m²'
    """
    if isinstance(raw, list):
        return "; ".join(filter(None, (text_of(field, each) for each in raw if not isinstance(each, list))))
    text = typed(raw)
    if not text:
        return ""
    labels = field.option_labels
    if field.kind is FieldKind.YES:
        return _TICKED if ticked_of(text) else ""
    return labels.get(text, text) if labels else _with_unit(field, _written(field, text))


def _written(field: FormField, text: str) -> str:
    if field.kind is FieldKind.DATE:
        day = day_or_none(text)
        return f"{day:%d/%m/%Y}" if day else text
    if field.kind in _NUMBERS:
        number = number_or_none(text)
        return in_vietnamese(number) if number is not None else text
    return text


def _with_unit(field: FormField, text: str) -> str:
    unit = field.suffix or ("đồng" if field.kind is FieldKind.MONEY else "")
    return f"{text} {unit}".strip()
