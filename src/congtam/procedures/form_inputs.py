"""The inputs of an electronic form (ô nhập của tờ khai điện tử): what a page shows, and what it sends back.

Whatever page asks a form shows `form_sections` with the template ``procedures/form/sections.html`` and reads what came
back with `sent_answers`; without scripts the page comes back with what an answer newly asks for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from congtam.kernel.errors import Problem
from congtam.procedures.domain.forms import FieldKind, FormField, shown_fields
from congtam.ui.public import current_language

PREFIX: Final = "form"
BLANK_ROW: Final = "__row__"
"""Stands for the number of a row in the pattern that a script copies."""
_FEW: Final = 6
"""So many choices are shown side by side, more in a list to open."""
_LINE: Final = 300
_TEXT: Final = 5000
_MOST_ROWS: Final = 200
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
    is_required: bool = True
    is_shown: bool = True
    control: str = ""
    """The name of the input that decides whether this one is shown; empty where none of this page does."""
    control_values: str = "[]"
    choices: tuple[InputChoice, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: tuple[InputRow, ...] = ()
    blank_row: InputRow | None = None
    most_rows: int = _MOST_ROWS

    @property
    def may_add(self) -> bool:
        """Whether there is room for one more row."""
        return len(self.rows) < self.most_rows

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader says besides the label."""
        return " ".join(f"{self.name}-{part}" for part, text in self._said() if text)

    def _said(self) -> tuple[tuple[str, object], ...]:
        return (("help", self.help), ("problem", self.problems))


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
class _Asked:
    """What the inputs of one page are made from."""

    answers: Mapping[str, Any]
    problems: Sequence[Problem]
    language: str
    prefix: str = PREFIX
    in_row: bool = False

    def within(self, name: str, index: str, answers: Mapping[str, Any]) -> _Asked:
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
    asked = _Asked(answers, problems, current_language())
    wanted = [field for field in form if names is None or field.name in names]
    rendered = _rendered(wanted, asked, form=form)
    pairs = zip(rendered, _inputs(rendered, asked, form=form), strict=True)
    return [
        InputSection(title=title, inputs=tuple(entry for _field, entry in group))
        for title, group in groupby(pairs, key=lambda pair: pair[0].section)
    ]


def _rendered(wanted: Sequence[FormField], asked: _Asked, *, form: Sequence[FormField]) -> list[FormField]:
    """The fields that are shown, or may come to be shown by an answer on the same page."""
    shown = {field.name for field in shown_fields(_caseless(form), asked.answers)}
    rendered: dict[str, FormField] = {}
    for field in wanted:
        if field.name in shown or (field.shown_when and field.shown_when.field in rendered):
            rendered[field.name] = field
    return list(rendered.values())


def _caseless(form: Iterable[FormField]) -> list[FormField]:
    """The form of a case: what it holds has been chosen by the case already."""
    return [
        replace(field, case_kind="", columns=tuple(_caseless(field.columns))) if field.case_kind else field
        for field in form
    ]


def _inputs(rendered: Sequence[FormField], asked: _Asked, *, form: Sequence[FormField]) -> list[Input]:
    shown = {field.name for field in shown_fields(_caseless(form), asked.answers)}
    here = {field.name for field in rendered}
    made = []
    for field in rendered:
        entry = replace(_input(field, asked), is_shown=field.name in shown)
        if field.shown_when and field.shown_when.field in here:
            control = f"{asked.prefix}.{field.shown_when.field}"
            values = json.dumps(list(field.shown_when.values), ensure_ascii=False)
            entry = replace(entry, control=control, control_values=values)
        made.append(entry)
    return made


def _input(field: FormField, asked: _Asked) -> Input:
    name, raw = f"{asked.prefix}.{field.name}", asked.answers.get(field.name, "")
    widget = _widget(field, in_row=asked.in_row)
    return Input(
        name=name,
        label=field.label_in(asked.language),
        widget=widget,
        value=raw if isinstance(raw, str) else "",
        type=_TYPES.get(field.kind, "text"),
        mode=_MODES.get(field.kind, ""),
        longest=_longest(field),
        suffix=field.suffix or ("đồng" if field.kind is FieldKind.MONEY else ""),
        help=field.help or (_("Day/month/year, such as 25/03/2026") if field.kind is FieldKind.DATE else ""),
        is_required=field.is_required,
        choices=_choices(field, name, raw),
        problems=tuple(each for each in asked.problems if each.column == name),
        most_rows=_rows_of(field.most, _MOST_ROWS),
        **(_rows(field, raw, asked) if widget == "rows" else {}),
    )


def _widget(field: FormField, *, in_row: bool) -> str:
    if field.kind is FieldKind.CHOICE:
        return "select" if in_row or len(field.options) > _FEW else "radios"
    return _WIDGETS.get(field.kind, "line")


def _longest(field: FormField) -> int:
    if field.kind is FieldKind.LONG_TEXT:
        return _TEXT
    return int(field.most) if field.kind is FieldKind.TEXT and field.most.isdecimal() else _LINE


def _choices(field: FormField, name: str, raw: object) -> tuple[InputChoice, ...]:
    chosen = {str(each) for each in raw} if isinstance(raw, list) else {str(raw)}
    return tuple(
        InputChoice(
            id=f"{name}-{place}" if place else name,
            value=option.value,
            label=option.label,
            is_chosen=option.value in chosen,
        )
        for place, option in enumerate(field.options)
    )


def _rows(field: FormField, raw: object, asked: _Asked) -> dict[str, Any]:
    """The rows that were filled in, as many as are needed at least, and the pattern of a new one."""
    given = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
    wanted = max(1, _rows_of(field.least, 1))
    rows = [*given, *({} for _missing in range(wanted - len(given)))]
    columns = _caseless(field.columns)
    made = [
        InputRow(
            index=index,
            number=number,
            inputs=tuple(_inputs(columns, asked.within(field.name, index, answers), form=columns)),
        )
        for index, number, answers in (
            *((str(place), str(place + 1), row) for place, row in enumerate(rows)),
            (BLANK_ROW, BLANK_ROW, {}),
        )
    ]
    return {"rows": tuple(made[:-1]), "blank_row": made[-1]}


def _rows_of(text: str, otherwise: int) -> int:
    return min(int(text), _MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
