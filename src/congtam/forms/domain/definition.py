"""What must hold of a form itself (kiểm tra mẫu tờ khai) before it is put into force."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from congtam.forms.domain.bounds import BOUNDED, parse_bound
from congtam.forms.domain.fields import CHOOSING, CONDITIONS, FieldKind, FormField
from congtam.forms.domain.values import LONGEST, NO, TODAY, YES
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.texts import clean_line

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS: Final = 150
MOST_COLUMNS: Final = 20
MOST_OPTIONS: Final = 300
_MOST_ROWS: Final = 200
_LONGEST_VALUE: Final = 100
_MOST_SIGNS: Final = 10_000
_LONGEST_PARTS: Final[Mapping[str, int]] = {
    "label": 300,
    "label_en": 300,
    "section": 200,
    "help": 1000,
    "suffix": 30,
}
FILL_SOURCES: Final[Mapping[str, frozenset[FieldKind]]] = {
    "applicant.name": frozenset({FieldKind.TEXT}),
    "applicant.id_number": frozenset({FieldKind.ID_NUMBER, FieldKind.TEXT}),
    "applicant.phone": frozenset({FieldKind.PHONE, FieldKind.TEXT}),
    "applicant.email": frozenset({FieldKind.EMAIL, FieldKind.TEXT}),
    "applicant.address": frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT}),
}
"""What may be filled in ahead, and in which kinds of field."""


def definition_problems(form: Sequence[FormField], *, case_kinds: Collection[str]) -> list[Problem]:
    """All that is wrong with a form; ``column`` names the place as ``form_fields.3.name``, of a column of rows as
    ``form_fields.3.columns.0.name``.

    >>> [problem.code for problem in definition_problems([FormField(name="Họ", label="")], case_kinds=())]
    ['field_name', 'field_without_label']
    """
    problems = list(_list_problems(form, "form_fields", set(case_kinds), maximum=MOST_FIELDS))
    for index, field in enumerate(form):
        path = f"form_fields.{index}"
        problems += _column_problems(field, path, set(case_kinds))
        problems += _fill_from_problems(field, path)
    return problems


def _list_problems(
    form: Sequence[FormField], path: str, cases: set[str], *, maximum: int
) -> Iterator[Problem]:
    if len(form) > maximum:
        yield _form_problem(
            "too_many_fields", msgid("A form is limited to {maximum} fields."), path, maximum=maximum
        )
    times = Counter(field.name for field in form)
    for index, field in enumerate(form):
        here = f"{path}.{index}"
        yield from _name_problems(field, here, times)
        yield from _option_problems(field, here)
        yield from _bound_problems(field, here)
        yield from _condition_problems(field, here, form[:index])
        if field.case_kind and field.case_kind not in cases:
            message = msgid("The procedure has no case “{case}”.")
            yield _form_problem("case_unknown", message, f"{here}.case_kind", case=field.case_kind)


def _name_problems(field: FormField, path: str, times: Mapping[str, int]) -> Iterator[Problem]:
    if not NAME.fullmatch(field.name):
        message = msgid(
            "The short name must begin with a letter a–z and contain only a–z, 0–9 and _, at "
            "most 40 characters."
        )
        yield _form_problem("field_name", message, f"{path}.name")
    elif times[field.name] > 1:
        yield _form_problem(
            "field_duplicate", msgid("There are two fields named “{name}”."), f"{path}.name", name=field.name
        )
    if not field.label.strip():
        yield _form_problem("field_without_label", msgid("The field has no label."), f"{path}.label")
    for part, maximum in _LONGEST_PARTS.items():
        if len(getattr(field, part)) > maximum:
            message = msgid("This is longer than {limit} characters.")
            yield _form_problem("too_long", message, f"{path}.{part}", limit=maximum)


def _option_problems(field: FormField, path: str) -> Iterator[Problem]:
    here = f"{path}.options"
    if field.kind not in CHOOSING:
        if field.options:
            yield _form_problem("options_unused", msgid("Only choice fields can have options."), here)
        return
    if not field.options or len(field.options) > MOST_OPTIONS:
        message = msgid("A choice field must have 1 to {maximum} options.")
        yield _form_problem("options_count", message, here, maximum=MOST_OPTIONS)
    times = Counter(option.value for option in field.options)
    for value, count in times.items():
        if count > 1:
            message = msgid("The option “{value}” is listed twice.")
            yield _form_problem("option_duplicate", message, here, value=value)
    for option in field.options:
        if not option.label or not _is_valid_option_value(option.value):
            message = msgid("Enter each option as “value | label”, with a value of at most 100 characters.")
            yield _form_problem("option_malformed", message, here)
            return


def _is_valid_option_value(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_VALUE and clean_line(text) == text and "|" not in text


def _bound_problems(field: FormField, path: str) -> Iterator[Problem]:
    wrong = [name for name in ("minimum", "maximum") if not _is_valid_limit(field, name)]
    for name in wrong:
        yield _form_problem("bound_malformed", _BOUND_MESSAGE[field.kind], f"{path}.{name}")
    if wrong or not field.minimum or not field.maximum or TODAY in {field.minimum, field.maximum}:
        return
    minimum, maximum = (
        parse_bound(field.kind, text, today=date.min) for text in (field.minimum, field.maximum)
    )
    if minimum is not None and maximum is not None and minimum > maximum:
        yield _form_problem(
            "bounds_crossed", msgid("The minimum is greater than the maximum."), f"{path}.minimum"
        )


def _is_valid_limit(field: FormField, attribute: str) -> bool:
    """Whether a limit can be kept as it is typed; an empty one limits nothing."""
    text = getattr(field, attribute)
    if not text:
        return True
    if field.kind in BOUNDED:
        if text == TODAY:
            return field.kind in {FieldKind.DATE, FieldKind.YEAR}
        read = parse_bound(field.kind, text, today=date.min) is not None
        return read and (field.kind is not FieldKind.DATE or day_or_none(text) is not None)
    maximum = _MOST_ROWS if field.kind is FieldKind.ROWS else _MOST_SIGNS
    counts = field.kind is FieldKind.ROWS or (field.kind in LONGEST and attribute == "maximum")
    return counts and text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= maximum


_OF_NUMBER: Final = msgid("The limit of a number field must be a number.")
_NO_BOUND: Final = msgid("This kind of field cannot have this limit.")
_BOUND_MESSAGE: Final[Mapping[FieldKind, str]] = {
    **dict.fromkeys(FieldKind, _NO_BOUND),
    FieldKind.NUMBER: _OF_NUMBER,
    FieldKind.MONEY: _OF_NUMBER,
    FieldKind.YEAR: msgid("The limit of a year field must be a year or “today”."),
    FieldKind.DATE: msgid("The limit of a date field must be a date or “today”."),
    FieldKind.TEXT: msgid("Text is limited to 10000 characters and has no minimum."),
    FieldKind.LONG_TEXT: msgid("Text is limited to 10000 characters and has no minimum."),
    FieldKind.ROWS: msgid("The number of rows must be from 1 to 200."),
}


def _condition_problems(field: FormField, path: str, earlier: Sequence[FormField]) -> Iterator[Problem]:
    condition, here = field.shown_when, f"{path}.shown_when"
    if condition is None:
        return
    control = next((each for each in earlier if each.name == condition.field), None)
    if control is None or control.kind not in CONDITIONS:
        message = msgid(
            "The condition refers to “{name}”, but there is no choice field or checkbox with "
            "that name before this field."
        )
        yield _form_problem("condition_unknown", message, here, name=condition.field)
        return
    values = {YES, NO} if control.kind is FieldKind.YES else set(control.option_labels)
    unknown = [value for value in condition.values if value not in values]
    if unknown or not condition.values:
        message = msgid("“{value}” is not an option of “{name}”.")
        yield _form_problem("condition_value", message, here, value=", ".join(unknown), name=condition.field)


def _column_problems(field: FormField, path: str, cases: set[str]) -> Iterator[Problem]:
    if field.kind is not FieldKind.ROWS:
        if field.columns:
            yield _form_problem("columns_unused", msgid("Only tables can have columns."), f"{path}.kind")
        return
    if not field.columns:
        yield _form_problem("columns_missing", msgid("The table has no columns."), f"{path}.kind")
    yield from _list_problems(field.columns, f"{path}.columns", cases, maximum=MOST_COLUMNS)
    for index, column in enumerate(field.columns):
        here = f"{path}.columns.{index}"
        if column.kind is FieldKind.ROWS or column.columns:
            yield _form_problem(
                "rows_in_rows", msgid("A table cannot contain another table."), f"{here}.kind"
            )
        if column.fill_from:
            message = msgid("A table column cannot be prefilled.")
            yield _form_problem("fill_from_column", message, f"{here}.fill_from")


def _fill_from_problems(field: FormField, path: str) -> Iterator[Problem]:
    if field.fill_from and field.kind not in FILL_SOURCES.get(field.fill_from, ()):
        message = msgid("This kind of field cannot be prefilled with “{source}”.")
        yield _form_problem("fill_from_unknown", message, f"{path}.fill_from", source=field.fill_from)


def _form_problem(code: str, message: str, column: str, **data: object) -> Problem:
    return Problem(code=code, message=message, data=data, column=column)
