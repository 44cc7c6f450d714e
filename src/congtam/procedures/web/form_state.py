"""The form that is being edited (tờ khai đang soạn): it travels with the page, so that nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.kernel.vietnamese import nfc
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.forms import KEYS, MOST_ROWS, FieldKind, name_from, to_flat
from congtam.procedures.domain.forms.arranging import (
    Rows,
    dropped,
    inserted,
    moved,
    renamed,
    with_column,
)

BLANK: Final[Mapping[str, str]] = {**dict.fromkeys(KEYS, ""), "kind": "text", "is_required": "yes"}
_LONGEST: Final = 40_000


@dataclass
class FormState:
    """The rows of the form as typed, the one that is open, and the papers the form stands for."""

    rows: Rows
    opened: int | None = None
    papers: set[int] = field(default_factory=set)

    @classmethod
    def of_content(cls, content: Content) -> FormState:
        """What is on record."""
        papers = {place for place, paper in enumerate(content.papers) if paper.filled_online}
        return cls(to_flat(content.form_fields), papers=papers)

    @classmethod
    def of_post(cls, post: QueryDict) -> FormState:
        """What the page sent back, with what was typed in the open row."""
        state = cls(
            _rows(post.get("form", "")),
            papers={int(each) for each in post.getlist("papers") if each.isdecimal() and len(each) < 4},
        )
        opened = post.get("opened", "")
        if opened.isdecimal() and len(opened) < 4 and int(opened) < len(state.rows):
            state.opened = int(opened)
            state._take(post)
        return state

    def _take(self, post: QueryDict) -> None:
        """Put what was typed into the open row; its name is made from the label where there is none."""
        number = self.opened or 0
        row = self.rows[number]
        before = row["name"]
        row |= {
            key: nfc(post.get(f"field-{key}", "")).replace("\r\n", "\n").strip()[:_LONGEST] for key in KEYS
        }
        row["name"] = before
        parent, dot, _last = before.rpartition(".")
        others = {each["name"] for place, each in enumerate(self.rows) if place != number}
        plain = post.get("field-name", "").strip()[:100].replace(".", "_")
        name = plain or name_from(
            row["label"], {each.removeprefix(f"{parent}.") if dot else each for each in others}
        )
        self.rows = renamed(self.rows, number, f"{parent}{dot}{name}")

    def act(self, asked: str) -> None:
        """Open, move, add or take out a row, as a button of the page says."""
        what, _colon, place = asked.partition(":")
        number = int(place) if place.isdecimal() and len(place) < 4 else -1
        if what in {"open", "up", "down", "drop", "column"} and not 0 <= number < len(self.rows):
            return
        if what == "open":
            self.opened = number
        elif what == "close":
            self.opened = None
        elif what in {"up", "down"}:
            self.rows, place_now = moved(self.rows, number, up=what == "up")
            self.opened = place_now if self.opened == number else None
        elif what == "drop":
            self.rows, self.opened = dropped(self.rows, number), None
        elif what in {"add", "column"} and len(self.rows) < MOST_ROWS:
            self._add(min(number, len(self.rows) - 1), is_column=what == "column")

    def _add(self, number: int, *, is_column: bool) -> None:
        """A blank row after a field; a column makes the field a table."""
        if is_column:
            self.rows[number]["kind"] = FieldKind.ROWS.value
        make = with_column if is_column else inserted
        self.rows, self.opened = make(self.rows, number, dict(BLANK))

    def as_json(self) -> str:
        """The rows as the page carries them."""
        return json.dumps(
            [{key: text for key, text in row.items() if text} for row in self.rows], ensure_ascii=False
        )


def _rows(text: str) -> Rows:
    try:
        given: Any = json.loads(text or "[]")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, list) or not all(_is_row(row) for row in given):
        message = msgid("The page came back incomplete. Open it again and enter your changes once more.")
        raise InputRefused([Problem(code="form_incomplete", message=message)])
    return [
        {**dict.fromkeys(KEYS, ""), **{key: clean_text(text) for key, text in row.items()}}
        for row in given[:MOST_ROWS]
    ]


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(key in KEYS and isinstance(text, str) for key, text in row.items())
