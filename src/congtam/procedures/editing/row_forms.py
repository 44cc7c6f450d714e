"""Forms that hold lists of rows and work without a script: more rows come with a button, blank ones do not count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.http import QueryDict

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.numbers import digits_or_none, parse_number, parse_whole_number
from congtam.kernel.vietnamese import nfc

Number = TypeVar("Number", int, Decimal)

_MOST: Final = 120
_LONGEST: Final = 2000
_LARGEST: Final = 100_000
_LARGEST_WHOLE: Final = 10**15
DROP: Final = "drop"
"""The box that takes a row out."""


@dataclass
class FormRow:
    """One row as typed, with what is wrong beside each field."""

    number: int
    values: dict[str, str]
    problems: dict[str, list[Problem]] = field(default_factory=dict)


@dataclass
class Rows:
    """A list of the form: all rows as typed, and which of them count."""

    name: str
    rows: list[FormRow]
    counted: list[FormRow]

    def read(self, make: Callable[[FormReader], Any], problems: list[Problem]) -> tuple[Any, ...]:
        """The values of the rows that count; what cannot be read is told with the row's place among them."""
        return tuple(
            make(FormReader(row.values, problems, f"{self.name}.{position}."))
            for position, row in enumerate(self.counted)
        )

    def attach(self, problem: Problem) -> bool:
        """Put a problem beside its field; whether there is such a field."""
        section, _, rest = (problem.column or "").partition(".")
        position, _, name = rest.partition(".")
        if section != self.name or digits_or_none(position, most=len(self.counted) - 1) is None:
            return False
        self.counted[int(position)].problems.setdefault(name, []).append(problem)
        return True


@dataclass(frozen=True)
class FormReader:
    """Reads the fields of a form, noting what cannot be read under ``prefix``."""

    values: Mapping[str, str]
    problems: list[Problem]
    prefix: str = ""

    def text(self, name: str) -> str:
        """The text as typed, composed and trimmed."""
        return nfc(self.values.get(name, "")).strip()[:_LONGEST]

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.values.get(name))

    def whole(self, name: str) -> int | None:
        """A whole number; dots between thousands are read too."""
        return self._read_number(name, parse_whole_number, below=_LARGEST_WHOLE)

    def decimal(self, name: str) -> Decimal | None:
        """A number with a decimal comma or point."""
        return self._read_number(name, parse_number, below=_LARGEST)

    def hour(self, name: str) -> time | None:
        """A time of day."""
        text = self.text(name)
        try:
            return time.fromisoformat(text) if text else None
        except ValueError:
            self._add_unreadable(name, msgid("“{text}” is not a time of day: enter it as hh:mm."))
            return None

    def day(self, name: str) -> date | None:
        """A day, as the browser sends it or as it is written here."""
        text = self.text(name)
        try:
            return parse_day(text) if text else None
        except DayMalformed as error:
            self._add_unreadable(name, error.message)
            return None

    def _read_number(self, name: str, parse: Callable[[str], Number], *, below: int) -> Number | None:
        """A number whose amount is smaller than ``below``; the error of its kind says how to write it."""
        text = self.text(name)
        if not text:
            return None
        try:
            number = parse(text)
        except InputMalformed as error:
            self._add_unreadable(name, error.message)
            return None
        if abs(number) < below:
            return number
        self._add_unreadable(name, msgid("“{text}” is too large."))
        return None

    def _add_unreadable(self, name: str, message: str) -> None:
        self.problems.append(
            Problem(
                code="unreadable",
                message=message,
                data={"text": self.text(name)},
                column=f"{self.prefix}{name}",
            )
        )


def posted_rows(
    post: QueryDict, name: str, fields: Collection[str], *, not_alone: Collection[str] = ()
) -> Rows:
    """The rows of a list as they were sent; fields ``not_alone`` do not make a row count by themselves."""
    numbers = sorted({int(part) for key in post if (part := _row_number(key, name)) is not None})[:_MOST]
    rows = [
        FormRow(number, {each: post.get(f"{name}-{number}-{each}", "") for each in fields})
        for number in numbers
    ]
    telling = [each for each in fields if each not in not_alone]
    counted = [
        row for row in rows if not row.values.get(DROP) and any(row.values[each].strip() for each in telling)
    ]
    return Rows(name, rows, counted)


def _row_number(key: str, name: str) -> str | None:
    parts = key.split("-")
    return (
        parts[1]
        if len(parts) == 3 and parts[0] == name and digits_or_none(parts[1], most=9999) is not None
        else None
    )


def recorded_rows(name: str, values: Iterable[Mapping[str, str]]) -> Rows:
    """The rows of a list as they are on record."""
    rows = [FormRow(number, dict(each)) for number, each in enumerate(values)]
    return Rows(name, rows, list(rows))


def append_blank_rows(rows: Rows, blank: Mapping[str, str], count: int) -> Rows:
    """The rows with so many blank ones after them, for more to be typed."""
    first = max((row.number for row in rows.rows), default=-1) + 1
    rows.rows += [FormRow(first + more, dict(blank)) for more in range(count)]
    return rows


def place_problems(
    problems: Sequence[Problem], lists: Collection[Rows], names: Collection[str]
) -> dict[str, Any]:
    """The problems put where they belong: beside rows, beside single fields, and the rest above the form."""
    fields: dict[str, list[Problem]] = {}
    above: list[Problem] = []
    for problem in problems:
        if any(rows.attach(problem) for rows in lists):
            continue
        if problem.column in names:
            fields.setdefault(problem.column or "", []).append(problem)
        else:
            above.append(problem)
    return {"fields": fields, "above": above}
