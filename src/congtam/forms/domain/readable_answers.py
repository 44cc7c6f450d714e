"""The answers of a form as people read them (nội dung đã khai)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from congtam.forms.domain.bounds import format_vietnamese_number
from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.fields import Answers, FieldKind, FormField
from congtam.forms.domain.values import as_text, parse_ticked
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import number_or_none

_TICKED: Final = "Có"
_NUMBERS: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY})


@dataclass(frozen=True, kw_only=True)
class ReadableAnswer:
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

    def line(self, language: str = "vi") -> FormLine:
        """The answer with its label in a language."""
        return FormLine(
            label=self.field.label_in(language),
            text=self.text,
            head=tuple(column.label_in(language) for column in self.columns),
            rows=self.rows,
        )

    @property
    def one_text(self) -> str:
        """All of it as one text, a table row by row."""
        return self.text or "; ".join(" · ".join(cell or "–" for cell in row) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class FormLine:
    """One answer as people read it: a text, or rows under their heads."""

    label: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A heading of the form with its answers (mục của tờ khai)."""

    title: str
    lines: tuple[FormLine, ...]


def readable_answers(
    form: Sequence[FormField], answers: Answers, *, case_kind: str = ""
) -> list[ReadableAnswer]:
    """What was answered, in the order of the form; blank, hidden and unknown names are left out. Never raises.

    >>> form = [FormField(name="born_on", label="Ngày sinh", kind=FieldKind.DATE)]
    >>> [(each.label, each.text) for each in readable_answers(form, {"born_on": "2026-03-02", "else": "?"})]
    [('Ngày sinh', '02/03/2026')]
    """
    shown = shown_fields(form, answers, case_kind=case_kind)
    answered = (_readable_answer(field, answers.get(field.name), case_kind) for field in shown)
    return [each for each in answered if each.text or each.rows]


def readable_parts(
    form: Sequence[FormField], answers: Answers, *, language: str = "vi", case_kind: str = ""
) -> list[FormPart]:
    """What was answered, by heading; labels in the language where the form has them in it."""
    answered = readable_answers(form, answers, case_kind=case_kind)
    return [
        FormPart(title=title, lines=tuple(each.line(language) for each in group))
        for title, group in groupby(answered, key=lambda each: each.section)
    ]


def _readable_answer(field: FormField, raw: object, case_kind: str) -> ReadableAnswer:
    if field.kind is not FieldKind.ROWS:
        return ReadableAnswer(field=field, text=text_of(field, raw))
    rows = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
    texts = [
        {
            column.name: text_of(column, row.get(column.name))
            for column in shown_fields(field.columns, row, case_kind=case_kind)
        }
        for row in rows
    ]
    columns = tuple(column for column in field.columns if any(row.get(column.name) for row in texts))
    lines = (tuple(row.get(column.name, "") for column in columns) for row in texts)
    return ReadableAnswer(field=field, columns=columns, rows=tuple(line for line in lines if any(line)))


def text_of(field: FormField, raw: object) -> str:
    """One answer as it is read; what cannot be read as its kind stays as it was typed.

    >>> text_of(FormField(name="area", label="Diện tích", kind=FieldKind.NUMBER, suffix="m²"), "1234.5")
    '1.234,5 m²'
    """
    if isinstance(raw, list):
        return "; ".join(filter(None, (text_of(field, each) for each in raw if not isinstance(each, list))))
    text = as_text(raw)
    if not text:
        return ""
    labels = field.option_labels
    if field.kind is FieldKind.YES:
        return _TICKED if parse_ticked(text) else ""
    return labels.get(text, text) if labels else _with_unit(field, _format_value(field, text))


def _format_value(field: FormField, text: str) -> str:
    if field.kind is FieldKind.DATE:
        day = day_or_none(text)
        return f"{day:%d/%m/%Y}" if day else text
    if field.kind in _NUMBERS:
        number = number_or_none(text)
        return format_vietnamese_number(number) if number is not None else text
    return text


def _with_unit(field: FormField, text: str) -> str:
    unit = field.suffix or ("đồng" if field.kind is FieldKind.MONEY else "")
    return f"{text} {unit}".strip()
