"""A form that was filled in (tờ khai đã điền): the answers, and with them the fields that were answered.

What was filled in must read the same when the form asks something else later. So the fields that were answered are
stored beside the answers: ``{"fields": […], "answers": {…}}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Self

from congtam.forms.domain.fields import FieldKind, FormField, fields_from_json, fields_to_json
from congtam.forms.domain.readable_answers import FormPart, ReadableAnswer, readable_answers, readable_parts
from congtam.forms.domain.validation import validate
from congtam.kernel.errors import Problem

FIELDS: Final = "fields"
ANSWERS: Final = "answers"
_NOT_FOR_READING: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("help", "minimum", "maximum", "case_kind", "fill_from"), ""),
    "shown_when": None,
}
"""What filling in needs of a field and reading does not."""


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """The answers in canonical form, and the fields they answer; empty where nothing was filled in."""

    fields: tuple[FormField, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The form as it was stored, among other keys; empty where none was."""
        if not is_filled_form(stored):
            return cls()
        return cls(fields=fields_from_json(stored[FIELDS]), answers=stored[ANSWERS])

    def to_json(self) -> dict[str, Any]:
        """The form as it is stored; the inverse of `from_json`."""
        return {FIELDS: fields_to_json(self.fields), ANSWERS: dict(self.answers)}

    def input_values(self) -> dict[str, Any]:
        """The answers as somebody would type them: days dd/mm/yyyy, numbers with a comma."""
        return {each.name: _input_value(each, self.answers[each.name]) for each in self.fields}

    def readable(self) -> list[ReadableAnswer]:
        """The answers as people read them, in the order of the form."""
        return readable_answers(self.fields, self.answers)

    def parts(self, language: str = "vi") -> list[FormPart]:
        """The answers as people read them, by heading."""
        return readable_parts(self.fields, self.answers, language=language)


def is_filled_form(stored: Mapping[str, Any]) -> bool:
    """Whether stored values hold a filled-in form."""
    return isinstance(stored.get(ANSWERS), Mapping) and isinstance(stored.get(FIELDS), list)


def fill_in(
    form: Sequence[FormField], answers: Mapping[str, Any], *, case_kind: str = "", today: date
) -> tuple[FilledForm, list[Problem]]:
    """The form filled in with the answers, and all problems with them, as `validate` says.

    >>> name = FormField(name="name", label="Họ và tên", help="Viết hoa")
    >>> filled, problems = fill_in([name], {"name": " Vừ Thị Mỷ "}, today=date(2026, 3, 2))
    >>> filled.to_json()
    {'fields': [{'name': 'name', 'label': 'Họ và tên'}], 'answers': {'name': 'Vừ Thị Mỷ'}}
    """
    canonical, problems = validate(form, answers, case_kind=case_kind, today=today)
    return FilledForm(fields=tuple(_answered_fields(form, canonical)), answers=canonical), problems


def _answered_fields(form: Sequence[FormField], answers: Mapping[str, Any]) -> Iterator[FormField]:
    """The fields that have an answer, with no more of each than reading takes."""
    for each in form:
        if each.name in answers:
            answer = answers[each.name]
            yield replace(
                each,
                is_required=True,
                options=tuple(option for option in each.options if _is_chosen(option.value, answer)),
                columns=tuple(replace(column, **_NOT_FOR_READING) for column in each.columns),
                **_NOT_FOR_READING,
            )


def _is_chosen(value: str, answer: object) -> bool:
    return value in answer if isinstance(answer, list) else value == answer


def _input_value(each: FormField, value: Any) -> Any:
    if each.kind is FieldKind.ROWS:
        columns = {column.name: column for column in each.columns}
        return [{name: _input_value(columns[name], cell) for name, cell in row.items()} for row in value]
    if each.kind is FieldKind.DATE:
        return "/".join(reversed(value.split("-")))
    return value.replace(".", ",") if each.kind is FieldKind.NUMBER else value
