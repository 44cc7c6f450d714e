"""Which columns of a file hold text of the old Vietnamese fonts (cột theo bảng mã cũ)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from congtam.kernel.errors import Problem
from congtam.tabular.legacy_fonts import convert_to_unicode, is_non_ascii_western, recognise
from congtam.tabular.problems import problem
from congtam.tabular.records import SourceCase

_MOST_REMEMBERED: Final = 50_000
_MOST_NAMED: Final = 20
"""Rows named one by one in a column that is otherwise Unicode; further ones are counted."""
FONT_NAMES: Final = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


@dataclass(frozen=True)
class LegacyColumn:
    """A column whose text is of an old font, with an example."""

    column: str
    font: str
    example: str

    def as_problem(self, severity: Literal["error", "warning"]) -> Problem:
        """What people are told of it."""
        return problem(
            "text_legacy_font",
            severity=severity,
            column=self.column,
            font=FONT_NAMES[self.font],
            example=self.example[:60],
            converted=convert_to_unicode(self.example, self.font)[:60],
        )


class LegacyText(NamedTuple):
    """A text of an old font, and its row."""

    text: str
    row: int


class LegacyDetector:
    """Looks at the texts of a file while it is read; each wording is judged once."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._columns = tuple(dict.fromkeys(columns))
        self._judged: dict[str, str | None] = {}
        self._legacy: Counter[tuple[str, str]] = Counter()
        self._unicode: Counter[str] = Counter()
        self._examples: dict[tuple[str, str], list[LegacyText]] = {}

    def observe(self, case: SourceCase) -> None:
        """Look at the texts of a case."""
        self._observe_values(case.values, case.row)
        for event in case.events:
            self._observe_values(event.values, event.row)

    def _observe_values(self, values: Mapping[str, Any], row: int) -> None:
        for column in self._columns:
            value = values.get(column)
            if value.__class__ is str and not value.isascii():
                self._judge_text(column, value, row)

    def _judge_text(self, column: str, text: str, row: int) -> None:
        if not is_non_ascii_western(text):
            self._unicode[column] += 1
            return
        font = self._font_of(text)
        if font is not None:
            self._legacy[column, font] += 1
            examples = self._examples.setdefault((column, font), [])
            if len(examples) < _MOST_NAMED:
                examples.append(LegacyText(text, row))

    def _font_of(self, text: str) -> str | None:
        if text not in self._judged:
            if len(self._judged) >= _MOST_REMEMBERED:
                self._judged.clear()
            self._judged[text] = recognise(text)
        return self._judged[text]

    def columns(self) -> list[LegacyColumn]:
        """The columns that hold more text of an old font than text only Unicode has."""
        return [
            LegacyColumn(column, font, self._examples[column, font][0].text)
            for column in self._columns
            for (name, font), count in self._legacy.most_common()
            if name == column and count > self._unicode[column] and self._first_font(column) == font
        ]

    def stray_problems(self) -> Iterator[Problem]:
        """A warning for each text of an old font among correct ones; above twenty in a column, their number."""
        whole = {(one.column, one.font) for one in self.columns()}
        for (column, font), examples in self._examples.items():
            if (column, font) in whole:
                continue
            for one in examples:
                yield problem(
                    "text_legacy_row",
                    severity="warning",
                    row=one.row,
                    column=column,
                    font=FONT_NAMES[font],
                    example=one.text[:60],
                    converted=convert_to_unicode(one.text, font)[:60],
                )
            further = self._legacy[column, font] - len(examples)
            if further:
                yield problem(
                    "text_legacy_rows",
                    severity="warning",
                    column=column,
                    font=FONT_NAMES[font],
                    count=further,
                )

    def stray_columns(self) -> set[str]:
        """The columns in which single texts are of an old font."""
        return {column for column, _font in self._legacy} - {one.column for one in self.columns()}

    def _first_font(self, column: str) -> str:
        return next(font for (name, font), _count in self._legacy.most_common() if name == column)


def convert_texts_of_case(
    case: SourceCase, fonts: Mapping[str, str], *, single: Collection[str] = ()
) -> None:
    """Convert the texts of some columns of a case in place; what only Unicode can write stays.

    Of the columns in ``single`` only texts that are recognised one by one are converted.
    """
    for values in (case.values, *(event.values for event in case.events)):
        _convert_values(values, fonts)
        for column in single:
            _convert_single_text(values, column)


def _convert_values(values: dict[str, Any], fonts: Mapping[str, str]) -> None:
    for column, font in fonts.items():
        value = values.get(column)
        if value.__class__ is str and is_non_ascii_western(value):
            values[column] = convert_to_unicode(value, font)


def _convert_single_text(values: dict[str, Any], column: str) -> None:
    value = values.get(column)
    if value.__class__ is str and is_non_ascii_western(value) and (font := recognise(value)):
        values[column] = convert_to_unicode(value, font)
