"""The levels of government that carry out a procedure (cấp thực hiện)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.kernel.vietnamese import fold


@dataclass(frozen=True)
class ProcedureLevel:
    """One level, with its name in both languages."""

    code: str
    vi: str
    en: str

    def name(self, language: str) -> str:
        """The name in the language of the reader."""
        return self.vi if language.startswith("vi") else self.en


LEVELS: Final[dict[str, ProcedureLevel]] = {
    level.code: level
    for level in (
        ProcedureLevel("ministry", "Cấp bộ", "Ministry"),
        ProcedureLevel("province", "Cấp tỉnh", "Province"),
        ProcedureLevel("district", "Cấp huyện", "District"),
        ProcedureLevel("commune", "Cấp xã", "Commune"),
        ProcedureLevel("other", "Cơ quan khác", "Other agency"),
    )
}
_PHRASES: Final = (
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
    return tuple(code for phrase, code in _PHRASES if phrase in folded)
