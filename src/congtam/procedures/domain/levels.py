"""The levels of government that carry out a procedure (cấp thực hiện)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.kernel.vietnamese import fold


@dataclass(frozen=True)
class Level:
    """One level, with its name in both languages."""

    code: str
    vi: str
    en: str

    def name(self, language: str) -> str:
        """The name in the language of the reader."""
        return self.vi if language.startswith("vi") else self.en


LEVELS: Final[dict[str, Level]] = {
    level.code: level
    for level in (
        Level("ministry", "Cấp bộ", "Ministry"),
        Level("province", "Cấp tỉnh", "Province"),
        Level("district", "Cấp huyện", "District"),
        Level("commune", "Cấp xã", "Commune"),
        Level("other", "Cơ quan khác", "Other agency"),
    )
}
_WORDS: Final = (
    ("cap bo", "ministry"),
    ("cap tinh", "province"),
    ("cap huyen", "district"),
    ("cap xa", "commune"),
    ("co quan khac", "other"),
)


def parse_levels(text: str) -> tuple[str, ...]:
    """The codes of the levels a text names, from the centre down; empty when it names none.

    >>> parse_levels("Cấp xã, Cấp tỉnh")
    ('province', 'commune')
    """
    folded = fold(text)
    return tuple(code for words, code in _WORDS if words in folded)
