"""Validating the answers of a form (kiểm tra tờ khai): all problems at once, and the answers in canonical form."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from congtam.forms.domain.bounds import MOST_ROWS, bounds_fault, bounds_hint, rows_fault
from congtam.forms.domain.conditions import condition_values, shown_fields
from congtam.forms.domain.fields import Answers, FieldKind, FormField
from congtam.forms.domain.values import CHOOSE, READERS, AnswerFault, as_text, parse_ticked
from congtam.kernel.errors import Problem, msgid

_MISSING: Final = msgid("Fill in “{field}”.")
_SHAPE: Final = AnswerFault("shape_wrong", msgid("The value of “{field}” is not in the expected format."))


def validate(
    form: Sequence[FormField], answers: Answers, *, case_kind: str = "", today: date
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of the shown fields in canonical form, and all problems.

    Canonical are texts, lists of values (CHOICES) and lists of rows without the blank ones; days are written
    yyyy-mm-dd, numbers “1234.5”, money in whole đồng, phone and identity numbers in digits, a ticked box “yes”. What
    is blank, hidden, unknown or wrong is left out. A problem names its field as ``form.<name>`` or
    ``form.<name>.<row>.<column>``, the row as it was given; its advice says the bounds. Never raises, whatever the
    answers hold.

    >>> area = FormField(name="area", label="Diện tích", kind=FieldKind.NUMBER)
    >>> validate([area], {"area": "1.234,5"}, today=date(2026, 3, 2))
    ({'area': '1234.5'}, [])
    >>> [problem.code for problem in validate([area], {}, today=date(2026, 3, 2))[1]]
    ['field_missing']
    """
    validation = _Validation(today=today, case_kind=case_kind)
    return validation.fields(form, answers, path="form"), validation.problems


def unknown_names(form: Sequence[FormField], answers: Answers) -> tuple[str, ...]:
    """The names that the form does not have, each once; of a column as “members.name”.

    >>> unknown_names([FormField(name="name", label="Họ và tên")], {"name": "A", "nmae": "B"})
    ('nmae',)
    """
    by_name = {each.name: each for each in form}
    unknown = [name for name in answers if name not in by_name]
    for each in form:
        rows = answers.get(each.name)
        if each.columns and isinstance(rows, list):
            columns = {column.name for column in each.columns}
            names = (name for row in rows[:MOST_ROWS] if isinstance(row, Mapping) for name in row)
            unknown += [f"{each.name}.{name}" for name in names if name not in columns]
    return tuple(dict.fromkeys(unknown))


@dataclass
class _Validation:
    today: date
    case_kind: str
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def fields(self, form: Sequence[FormField], answers: Answers, *, path: str) -> dict[str, Any]:
        canonical = {}
        for field in shown_fields(form, answers, case_kind=self.case_kind):
            value = self._validate_field(field, answers.get(field.name), path=f"{path}.{field.name}")
            if value:
                canonical[field.name] = value
        return canonical

    def _validate_field(self, field: FormField, raw: object, *, path: str) -> Any:
        if field.kind is FieldKind.ROWS:
            return self._validate_rows(field, raw, path=path)
        if field.kind is FieldKind.CHOICES:
            return self._validate_choices(field, raw, path=path)
        text = as_text(raw)
        value = _SHAPE if text is None else self._parse_value(field, text)
        if isinstance(value, AnswerFault):
            self._add_problem(field, value, path=path)
            return ""
        if not value and field.is_required:
            self._add_problem(field, _missing_fault(field), path=path)
        return value

    def _parse_value(self, field: FormField, text: str) -> str | AnswerFault:
        value = READERS[field.kind](field, text, self.today) if text else ""
        if isinstance(value, AnswerFault) or not value:
            return value
        return bounds_fault(field, value, today=self.today) or value

    def _validate_choices(self, field: FormField, raw: object, *, path: str) -> list[str]:
        texts = [as_text(each) for each in (raw if isinstance(raw, list) else [raw])]
        chosen = condition_values(field, texts)
        if {each for each in texts if each != ""} - chosen:
            self._add_problem(field, AnswerFault("choice_unknown", CHOOSE), path=path)
        elif field.is_required and not chosen:
            self._add_problem(field, _missing_fault(field), path=path)
        return [option.value for option in field.options if option.value in chosen]

    def _validate_rows(self, field: FormField, raw: object, *, path: str) -> list[dict[str, Any]]:
        rows = [] if raw in (None, "") else raw
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows[:MOST_ROWS]):
            self._add_problem(field, _SHAPE, path=path)
            return []
        filled = [
            self.fields(field.columns, row, path=f"{path}.{number}")
            for number, row in enumerate(rows[:MOST_ROWS])
            if not _is_blank(field, row, case_kind=self.case_kind)
        ]
        fault = rows_fault(field, len(filled) if len(rows) <= MOST_ROWS else len(rows))
        if fault:
            self._add_problem(field, fault, path=path)
        return [row for row in filled if row]

    def _add_problem(self, field: FormField, fault: AnswerFault, *, path: str) -> None:
        hint = bounds_hint(field, today=self.today)
        data = {**(hint.data if hint else {}), "field": field.label, **fault.data}
        advice = hint.message if hint else ""
        self.problems.append(
            Problem(code=fault.code, message=fault.message, data=data, column=path, advice=advice)
        )


def _missing_fault(field: FormField) -> AnswerFault:
    if field.kind is FieldKind.YES:
        return AnswerFault("not_ticked", msgid("Tick “{field}”."))
    return AnswerFault("field_missing", CHOOSE if field.kind is FieldKind.CHOICE else _MISSING)


def _is_blank(field: FormField, row: Mapping[str, Any], *, case_kind: str) -> bool:
    """A row nobody wrote anything in, which does not count."""
    shown = shown_fields(field.columns, row, case_kind=case_kind)
    return not any(_has_answer(column, row.get(column.name)) for column in shown)


def _has_answer(column: FormField, raw: object) -> bool:
    if column.kind is FieldKind.YES:
        return parse_ticked(as_text(raw) or "") != ""
    return any(as_text(each) != "" for each in (raw if isinstance(raw, list) else [raw]))
