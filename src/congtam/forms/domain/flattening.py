"""A form as a table of texts, one field a row (bảng trường thông tin), as it is typed on a page or in a sheet.

A column of rows stands below its field, named “members.full_name”.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from congtam.forms.domain.fields import FieldKind, FormField, Option, ShownWhen
from congtam.forms.domain.values import parse_ticked
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.texts import clean_line, clean_text
from congtam.kernel.vietnamese import fold

FlatRow = Mapping[str, str]
KEYS: Final = (
    *("section", "name", "label", "kind", "is_required", "options", "shown_when", "case_kind"),
    *("minimum", "maximum", "suffix", "fill_from", "help", "label_en"),
)
"""What a row may hold; a missing ``is_required`` says yes, an empty one no."""
MOST_ROWS: Final = 400
_CONDITION: Final = re.compile(r"\s*(?P<field>[a-z0-9_]+)\s*[=:]\s*(?P<values>.+)", re.DOTALL)
_LONGEST_NAME: Final = 40


@dataclass
class ParsedForm:
    """The fields that rows describe, what is wrong, and where each field stands among the rows.

    Problems name the row and the key, as ``fields.4.options``.
    """

    fields: tuple[FormField, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    """By the column `definition_problems` names, such as ``form_fields.3.columns.0``, the number of the row."""

    def at_row(self, problem: Problem) -> Problem:
        """A problem of the form, placed at its row."""
        path, _dot, key = (problem.column or "").rpartition(".")
        return (
            replace(problem, column=f"fields.{self.row_of[path]}.{key}") if path in self.row_of else problem
        )


def to_flat(form: Iterable[FormField]) -> list[dict[str, str]]:
    """The rows of a form; the inverse of `from_flat`."""
    return list(_flat_rows(form, ""))


def _flat_rows(form: Iterable[FormField], prefix: str) -> Iterator[dict[str, str]]:
    for form_field in form:
        row = dict.fromkeys(KEYS, "")
        row |= {key: getattr(form_field, key) for key in KEYS if isinstance(getattr(form_field, key), str)}
        row |= {
            "name": prefix + form_field.name,
            "kind": form_field.kind.value,
            "is_required": "yes" if form_field.is_required else "",
            "options": "\n".join(_option_text(option) for option in form_field.options),
            "shown_when": condition_text(form_field.shown_when),
        }
        yield row
        yield from _flat_rows(form_field.columns, f"{prefix}{form_field.name}.")


def _option_text(option: Option) -> str:
    return option.label if option.label == option.value else f"{option.value} | {option.label}"


def condition_text(condition: ShownWhen | None) -> str:
    """A condition as it is typed: “purpose = marry | other”."""
    return f"{condition.field} = {' | '.join(condition.values)}" if condition else ""


def from_flat(rows: Sequence[FlatRow]) -> ParsedForm:
    """The fields that rows describe; a blank name is made from the label. Never raises.

    >>> read = from_flat([{"label": "Họ và tên"}, {"label": "Con", "kind": "rows"}, {"name": "con.", "label": "Tên"}])
    >>> [field.name for field in read.fields], [column.name for column in read.fields[1].columns]
    (['ho_va_ten', 'con'], ['ten'])
    """
    reading = _Reading(ParsedForm())
    for number, row in enumerate(rows[:MOST_ROWS]):
        reading.take(number, row)
    if len(rows) > MOST_ROWS:
        message = msgid("A form is limited to {maximum} rows.")
        reading.read.problems.append(
            Problem(code="too_many_rows", message=message, data={"maximum": MOST_ROWS})
        )
    reading.read.fields = tuple(reading.fields)
    return reading.read


@dataclass
class _Reading:
    read: ParsedForm
    fields: list[FormField] = field(default_factory=list)

    def take(self, number: int, row: FlatRow) -> None:
        """Read one row and put its field where it belongs."""
        parent, dot, name = clean_line(row.get("name", "")).rpartition(".")
        if dot and not (self.fields and self.fields[-1].name == parent):
            message = msgid("“{name}” must be directly below its table “{parent}”.")
            self._add_problem(number, "name", code="column_astray", message=message, name=name, parent=parent)
            return
        siblings = self.fields[-1].columns if dot else tuple(self.fields)
        form_field = self._read_field(
            number, row, name=name or name_from(row.get("label", ""), {each.name for each in siblings})
        )
        if dot:
            self.fields[-1] = replace(self.fields[-1], columns=(*siblings, form_field))
            self.read.row_of[f"form_fields.{len(self.fields) - 1}.columns.{len(siblings)}"] = number
        else:
            self.read.row_of[f"form_fields.{len(self.fields)}"] = number
            self.fields.append(form_field)

    def _read_field(self, number: int, row: FlatRow, *, name: str) -> FormField:
        text = {key: clean_line(row.get(key, "")) for key in KEYS}
        return FormField(
            name=name,
            label=text["label"],
            label_en=text["label_en"],
            kind=self._read_kind(number, text["kind"]),
            is_required=self._read_is_required(number, clean_line(row.get("is_required", "yes"))),
            section=text["section"],
            help=clean_text(row.get("help", "")),
            options=tuple(
                _parse_option(each) for each in clean_text(row.get("options", "")).split("\n") if each.strip()
            ),
            minimum=text["minimum"],
            maximum=text["maximum"],
            suffix=text["suffix"],
            case_kind=text["case_kind"],
            shown_when=self._parse_condition(number, text["shown_when"]),
            fill_from=text["fill_from"],
        )

    def _read_kind(self, number: int, text: str) -> FieldKind:
        if text in set(FieldKind) or not text:
            return FieldKind(text or FieldKind.TEXT)
        message = msgid("“{text}” is not a kind of field.")
        advice = msgid("One of: {kinds}.")
        kinds = ", ".join(FieldKind)
        self._add_problem(
            number, "kind", code="kind_unknown", message=message, advice=advice, text=text, kinds=kinds
        )
        return FieldKind.TEXT

    def _read_is_required(self, number: int, text: str) -> bool:
        ticked = parse_ticked(text)
        if ticked is None:
            message = msgid("Enter “yes” or leave the cell blank instead of “{text}”.")
            self._add_problem(number, "is_required", code="required_unreadable", message=message, text=text)
        return bool(ticked)

    def _parse_condition(self, number: int, text: str) -> ShownWhen | None:
        if not text:
            return None
        match = _CONDITION.fullmatch(text)
        if match is None:
            message = msgid("Enter a condition as “field = value | value”.")
            self._add_problem(number, "shown_when", code="condition_unreadable", message=message)
            return None
        values = tuple(clean_line(each) for each in match["values"].split("|") if each.strip())
        return ShownWhen(field=match["field"], values=values)

    def _add_problem(
        self, number: int, key: str, *, code: str, message: str, advice: str = "", **data: object
    ) -> None:
        self.read.problems.append(
            Problem(code=code, message=message, data=data, column=f"fields.{number}.{key}", advice=advice)
        )


def _parse_option(text: str) -> Option:
    value, bar, label = text.partition("|")
    return Option(value=clean_line(value), label=clean_line(label if bar else value))


def name_from(label: str, taken: Collection[str]) -> str:
    """A short name made from a label, other than those taken.

    >>> name_from("Họ và tên", {"ho_va_ten"})
    'ho_va_ten_2'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")
    if plain[:1].isdigit():
        plain = f"f_{plain}"
    name, count = plain[:_LONGEST_NAME].strip("_"), 1
    while name in taken:
        count += 1
        name = f"{plain[: _LONGEST_NAME - 3].strip('_')}_{count}"
    return name
