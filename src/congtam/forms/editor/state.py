"""A form that is being edited (biểu mẫu đang soạn): it travels with the page, so that nothing typed is lost.

Whatever page edits a form makes a `FormEditor` of what is stored or of what came back, lets it `press` on the button
that was pressed, and shows `editor_context` with the template ``forms/editor/fields.html``. No script is needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.http import QueryDict

from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.flattening import KEYS, MOST_ROWS, ParsedForm, from_flat, name_from, to_flat
from congtam.forms.domain.values import parse_ticked
from congtam.forms.editor.row_order import (
    Rows,
    add_column,
    insert_row,
    move_row,
    remove_row,
    rename_row,
)
from congtam.forms.serialization.reading import read_form_file
from congtam.forms.serialization.sheets import SheetReader
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.kernel.vietnamese import nfc

BLANK: Final[Mapping[str, str]] = {**dict.fromkeys(KEYS, ""), "kind": "text", "is_required": "yes"}
FILE: Final = "file"
"""The name of the input that takes a file; what is wrong with the file is said beside it."""
_LONGEST: Final = 40_000
FormCheck = Callable[[Sequence[FormField]], Iterable[Problem]]
"""Everything wrong with a form, such as `definition_problems` and what its owner asks of it besides."""


@dataclass
class FormEditor:
    """The rows of the form as typed, the one that is open, and what is wrong with them."""

    rows: Rows
    opened: int | None = None
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of_form(cls, form: Iterable[FormField]) -> Self:
        """The form as it is stored."""
        return cls(to_flat(form))

    @classmethod
    def of_post(cls, post: QueryDict) -> Self:
        """What the page sent back, with what was typed in the open row."""
        editor = cls(_parse_rows(post.get("form", "")))
        opened = post.get("open_row", "")
        if opened.isdecimal() and len(opened) < 4 and int(opened) < len(editor.rows):
            editor.opened = int(opened)
            editor._take_open_row(post)
        return editor

    def _take_open_row(self, post: QueryDict) -> None:
        """Put what was typed into the open row; its name is made from the label where there is none."""
        number = self.opened or 0
        row = self.rows[number]
        before = row["name"]
        row |= {
            key: nfc(post.get(f"field-{key}", "")).replace("\r\n", "\n").strip()[:_LONGEST] for key in KEYS
        }
        row["name"] = before
        parent, dot, _last = before.rpartition(".")
        others = {each["name"] for index, each in enumerate(self.rows) if index != number}
        plain = post.get("field-name", "").strip()[:100].replace(".", "_")
        name = plain or name_from(
            row["label"], {each.removeprefix(f"{parent}.") if dot else each for each in others}
        )
        self.rows = rename_row(self.rows, number, f"{parent}{dot}{name}")

    def press(self, button: str) -> None:
        """Open, move, add or take out a row, as a button of the page says; another button does nothing."""
        verb, _colon, text = button.partition(":")
        number = int(text) if text.isdecimal() and len(text) < 4 else -1
        if verb in {"open", "up", "down", "drop", "column"} and not 0 <= number < len(self.rows):
            return
        if verb == "open":
            self.opened = number
        elif verb == "close":
            self.opened = None
        elif verb in {"up", "down"}:
            self.rows, moved_to = move_row(self.rows, number, up=verb == "up")
            self.opened = moved_to if self.opened == number else None
        elif verb == "drop":
            self.rows, self.opened = remove_row(self.rows, number), None
        elif verb in {"add", "column"} and len(self.rows) < MOST_ROWS:
            self._add_row(min(number, len(self.rows) - 1), is_column=verb == "column")

    def _add_row(self, number: int, *, is_column: bool) -> None:
        """A blank row after a field; a column makes the field a table."""
        if is_column:
            self.rows[number]["kind"] = FieldKind.ROWS.value
        add = add_column if is_column else insert_row
        self.rows, self.opened = add(self.rows, number, dict(BLANK))

    def read(self) -> ParsedForm:
        """The fields that the rows describe."""
        return from_flat(self.rows)

    def check(self, problems_of: FormCheck) -> ParsedForm:
        """Find everything that is wrong with the form, each at its row."""
        read = self.read()
        self.problems += [*read.problems, *(read.at_row(problem) for problem in problems_of(read.fields))]
        return read

    def replace_form(self, form: Iterable[FormField], problems_of: FormCheck) -> None:
        """Take another form in place of the rows."""
        self.rows, self.opened = to_flat(form), None
        self.check(problems_of)

    def replace_by_file(
        self, content: bytes, name: str, *, read_sheets: SheetReader, problems_of: FormCheck
    ) -> None:
        """Take the rows of a file in place of these; what is wrong is said with its place in the file."""
        try:
            file = read_form_file(content, name, read_sheets=read_sheets)
        except DomainError as error:
            self.problems.append(
                Problem(code=error.code, message=error.message, data=error.data, column=FILE)
            )
            return
        self.rows, self.opened = [dict(row) for row in file.rows], None
        read = self.check(problems_of)
        self.rows = _complete_rows(self.rows, read)
        self.problems += [*file.problems, *(file.locate_problem(problem) for problem in self.problems)]

    def as_json(self) -> str:
        """The rows as the page carries them."""
        return json.dumps(
            [{key: text for key, text in row.items() if text} for row in self.rows], ensure_ascii=False
        )


def _complete_rows(rows: Sequence[dict[str, str]], read: ParsedForm) -> Rows:
    """The rows with every key, as they were read; where something could not be read, as they stand in the file."""
    if not read.problems:
        return to_flat(read.fields)
    complete = [{**BLANK, **row} for row in rows]
    return [{**row, "is_required": "yes" if parse_ticked(row["is_required"]) else ""} for row in complete]


def _parse_rows(text: str) -> Rows:
    try:
        rows: Any = json.loads(text or "[]")
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        message = msgid("The page came back incomplete. Open it again and enter your changes once more.")
        raise InputRefused([Problem(code="form_incomplete", message=message)])
    return [
        {**dict.fromkeys(KEYS, ""), **{key: clean_text(text) for key, text in row.items()}}
        for row in rows[:MOST_ROWS]
    ]


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(key in KEYS and isinstance(text, str) for key, text in row.items())
