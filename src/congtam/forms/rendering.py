"""Rendering the inputs of a form (ô nhập của biểu mẫu).

Whatever page asks a form shows `form_sections` with the template ``forms/sections.html`` and reads what came back with
`posted_answers`; without scripts the page comes back with what an answer newly asks for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from congtam.forms.domain.bounds import MOST_ROWS, bounds_hint, row_bounds
from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.fields import FieldKind, FormField
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import Problem, fill
from congtam.ui.public import current_language

PREFIX: Final = "form"
BLANK_ROW: Final = "__row__"
"""Stands for the number of a row in the pattern that a script copies."""
_FEW: Final = 6
"""So many choices are shown side by side, more in a list to open."""
_LINE: Final = 300
_TEXT: Final = 5000
_WIDEST_GRID: Final = 6
"""Columns of a table that is shown as a grid where there is room; with more of them each row is a card."""
_TYPES: Final[Mapping[FieldKind, str]] = {FieldKind.PHONE: "tel", FieldKind.EMAIL: "email"}
_MODES: Final[Mapping[FieldKind, str]] = {
    FieldKind.NUMBER: "decimal",
    FieldKind.MONEY: "numeric",
    FieldKind.DATE: "numeric",
    FieldKind.YEAR: "numeric",
    FieldKind.ID_NUMBER: "numeric",
}
_WIDGETS: Final[Mapping[FieldKind, str]] = {
    FieldKind.LONG_TEXT: "long",
    FieldKind.CHOICES: "checks",
    FieldKind.YES: "yes",
    FieldKind.ROWS: "rows",
}


@dataclass(frozen=True, kw_only=True)
class InputChoice:
    """One answer to choose (phương án)."""

    id: str
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Input:
    """One field as a page shows it (ô nhập)."""

    name: str
    """The name in the page, such as ``form.members.0.name``; also the id of what takes the focus."""
    label: str
    widget: str
    value: str = ""
    type: str = "text"
    mode: str = ""
    longest: int = _LINE
    suffix: str = ""
    help: str = ""
    hint: str = ""
    """What may be entered, by the bounds of the field."""
    is_required: bool = True
    is_shown: bool = True
    control: str = ""
    """The name of the input that decides whether this one is shown; empty where none of this page does."""
    control_values: str = "[]"
    choices: tuple[InputChoice, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: tuple[InputRow, ...] = ()
    blank_row: InputRow | None = None
    maximum_rows: int = MOST_ROWS
    is_grid: bool = False
    """Whether the rows stand under common heads where the page is wide enough."""

    @property
    def may_add(self) -> bool:
        """Whether there is room for one more row."""
        return len(self.rows) < self.maximum_rows

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader says besides the label."""
        return " ".join(f"{self.name}-{part}" for part, text in self._description_parts() if text)

    def _description_parts(self) -> tuple[tuple[str, object], ...]:
        return (("help", self.help or self.hint), ("problem", self.problems))


@dataclass(frozen=True, kw_only=True)
class InputRow:
    """One row of a table to fill in (dòng)."""

    index: str
    """Its number in the names of the page, from 0."""
    number: str
    """Its number for a reader, from 1."""
    inputs: tuple[Input, ...]


@dataclass(frozen=True, kw_only=True)
class InputSection:
    """A heading of the form and the inputs under it (mục)."""

    title: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class _Page:
    """What the inputs of one page are made from."""

    answers: Mapping[str, Any]
    problems: Sequence[Problem]
    language: str
    today: date
    prefix: str = PREFIX
    in_row: bool = False

    def within(self, name: str, index: str, answers: Mapping[str, Any]) -> _Page:
        """The same for one row of a table."""
        return replace(self, answers=answers, prefix=f"{self.prefix}.{name}.{index}", in_row=True)


def form_sections(
    form: Sequence[FormField],
    answers: Mapping[str, Any],
    *,
    problems: Sequence[Problem] = (),
    names: Collection[str] | None = None,
) -> list[InputSection]:
    """The fields of a form (of one case) as a page shows them; ``names`` limits them to those of one page."""
    page = _Page(answers, problems, current_language(), today(clock()))
    fields = [field for field in form if names is None or field.name in names]
    rendered = _fields_to_render(fields, page, form=form)
    pairs = zip(rendered, _page_inputs(rendered, page, form=form), strict=True)
    return [
        InputSection(title=title, inputs=tuple(entry for _field, entry in group))
        for title, group in groupby(pairs, key=lambda pair: pair[0].section)
    ]


def _fields_to_render(
    fields: Sequence[FormField], page: _Page, *, form: Sequence[FormField]
) -> list[FormField]:
    """The fields that are shown, or may come to be shown by an answer on the same page."""
    shown = {field.name for field in shown_fields(_clear_case_kinds(form), page.answers)}
    rendered: dict[str, FormField] = {}
    for field in fields:
        if field.name in shown or (field.shown_when and field.shown_when.field in rendered):
            rendered[field.name] = field
    return list(rendered.values())


def _clear_case_kinds(fields: Iterable[FormField]) -> list[FormField]:
    """The fields of a form of one case, without the condition on the case: the case has selected them already."""
    return [
        replace(field, case_kind="", columns=tuple(_clear_case_kinds(field.columns)))
        if field.case_kind
        else field
        for field in fields
    ]


def _page_inputs(rendered: Sequence[FormField], page: _Page, *, form: Sequence[FormField]) -> list[Input]:
    shown = {field.name for field in shown_fields(_clear_case_kinds(form), page.answers)}
    here = {field.name for field in rendered}
    made = []
    for field in rendered:
        entry = replace(_field_input(field, page), is_shown=field.name in shown)
        if field.shown_when and field.shown_when.field in here:
            control = f"{page.prefix}.{field.shown_when.field}"
            values = json.dumps(list(field.shown_when.values), ensure_ascii=False)
            entry = replace(entry, control=control, control_values=values)
        made.append(entry)
    return made


def _field_input(field: FormField, page: _Page) -> Input:
    name, raw = f"{page.prefix}.{field.name}", page.answers.get(field.name, "")
    widget = _widget_name(field, in_row=page.in_row)
    return Input(
        name=name,
        label=field.label_in(page.language),
        widget=widget,
        value=raw if isinstance(raw, str) else "",
        type=_TYPES.get(field.kind, "text"),
        mode=_MODES.get(field.kind, ""),
        longest=_maximum_length(field),
        suffix=field.suffix or ("đồng" if field.kind is FieldKind.MONEY else ""),
        help=field.help or (_("Day/month/year, such as 25/03/2026") if field.kind is FieldKind.DATE else ""),
        hint=_hint_text(field, page),
        is_required=field.is_required,
        choices=_input_choices(field, name, raw),
        problems=tuple(each for each in page.problems if each.column == name),
        maximum_rows=row_bounds(field)[1] if widget == "rows" else MOST_ROWS,
        is_grid=widget == "rows" and len(field.columns) <= _WIDEST_GRID,
        **(_render_rows(field, raw, page) if widget == "rows" else {}),
    )


def _hint_text(field: FormField, page: _Page) -> str:
    hint = bounds_hint(field, today=page.today)
    return fill(_(hint.message), hint.data) if hint else ""


def _widget_name(field: FormField, *, in_row: bool) -> str:
    if field.kind is FieldKind.CHOICE:
        return "select" if in_row or len(field.options) > _FEW else "radios"
    return _WIDGETS.get(field.kind, "line")


def _maximum_length(field: FormField) -> int:
    if field.kind is FieldKind.LONG_TEXT:
        return _TEXT
    return int(field.maximum) if field.kind is FieldKind.TEXT and field.maximum.isdecimal() else _LINE


def _input_choices(field: FormField, name: str, raw: object) -> tuple[InputChoice, ...]:
    chosen = {str(each) for each in raw} if isinstance(raw, list) else {str(raw)}
    return tuple(
        InputChoice(
            id=f"{name}-{index}" if index else name,
            value=option.value,
            label=option.label,
            is_chosen=option.value in chosen,
        )
        for index, option in enumerate(field.options)
    )


def _render_rows(field: FormField, raw: object, page: _Page) -> dict[str, Any]:
    """The rows that were filled in, as many as are needed at least, and the pattern of a new one."""
    filled = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
    blank_count = max(1, min(row_bounds(field))) - len(filled)
    rows = [*filled, *({} for _blank in range(blank_count))]
    columns = _clear_case_kinds(field.columns)
    made = [
        InputRow(
            index=index,
            number=number,
            inputs=tuple(_page_inputs(columns, page.within(field.name, index, answers), form=columns)),
        )
        for index, number, answers in (
            *((str(position), str(position + 1), row) for position, row in enumerate(rows)),
            (BLANK_ROW, BLANK_ROW, {}),
        )
    ]
    return {"rows": tuple(made[:-1]), "blank_row": made[-1]}
