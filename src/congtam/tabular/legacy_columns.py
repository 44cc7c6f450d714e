"""Which columns of a file hold text of the old Vietnamese fonts (cột theo bảng mã cũ)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from congtam.kernel.errors import Problem
from congtam.tabular.legacy_fonts import convert_to_unicode, is_non_ascii_western, recognise
from congtam.tabular.problems import problem
from congtam.tabular.records import SourceCase

_MOST_SEEN: Final = 50_000
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


class LegacyDetector:
    """Looks at the texts of a file while it is read; each wording is judged once."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._columns = tuple(dict.fromkeys(columns))
        self._judged: dict[str, str | None] = {}
        self._legacy: Counter[tuple[str, str]] = Counter()
        self._unicode: Counter[str] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def observe(self, case: SourceCase) -> None:
        """Look at the texts of a case."""
        for values in (case.values, *(event.values for event in case.events)):
            for column in self._columns:
                value = values.get(column)
                if value.__class__ is str and not value.isascii():
                    self._judge_text(column, value)

    def _judge_text(self, column: str, text: str) -> None:
        if not is_non_ascii_western(text):
            self._unicode[column] += 1
            return
        if text not in self._judged:
            if len(self._judged) >= _MOST_SEEN:
                return
            self._judged[text] = recognise(text)
        font = self._judged[text]
        if font is not None:
            self._legacy[column, font] += 1
            self._examples.setdefault((column, font), text)

    def columns(self) -> list[LegacyColumn]:
        """The columns that hold more text of an old font than text only Unicode has."""
        return [
            LegacyColumn(column, font, self._examples[column, font])
            for column in self._columns
            for (name, font), count in self._legacy.most_common()
            if name == column and count > self._unicode[column] and self._first_font(column) == font
        ]

    def _first_font(self, column: str) -> str:
        return next(font for (name, font), _count in self._legacy.most_common() if name == column)


def convert_texts_of_case(case: SourceCase, fonts: Mapping[str, str]) -> None:
    """Convert the texts of some columns of a case in place; what only Unicode can write stays."""
    for values in (case.values, *(event.values for event in case.events)):
        _convert_values(values, fonts)


def _convert_values(values: dict[str, Any], fonts: Mapping[str, str]) -> None:
    for column, font in fonts.items():
        value = values.get(column)
        if value.__class__ is str and is_non_ascii_western(value):
            values[column] = convert_to_unicode(value, font)
