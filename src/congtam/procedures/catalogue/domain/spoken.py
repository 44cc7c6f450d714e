"""What people call a procedure (tên thường gọi), and the words its name in the catalogue has instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from congtam.kernel.vietnamese import fold

_TOGETHER = 2
_MOST_TOKENS = 12
"""Words of a question among which spoken names are looked for."""


@dataclass(frozen=True)
class SpokenNames:
    """Folded spoken names with their folded meanings."""

    meanings: Mapping[str, tuple[str, ...]]
    longest: int
    """Words in the longest name."""

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Iterable[str]]]) -> Self:
        """The names of a catalogue: rows of what people say, and what it means."""
        meanings: dict[str, tuple[str, ...]] = {}
        for row in rows:
            means = tuple(_fold_words(text) for text in row["means"])
            for says in row["says"]:
                key = _fold_words(says)
                meanings[key] = tuple(dict.fromkeys((*meanings.get(key, ()), *means)))
        return cls(meanings, max((len(key.split()) for key in meanings), default=0))

    def wordings(self, text: str) -> tuple[str, ...]:
        """What may be meant by a text that holds a spoken name, the likeliest first; empty for any other text.

        First with the other words that were typed, then without them.

        >>> SpokenNames.from_rows([{"says": ["sao y"], "means": ["bản sao từ bản chính"]}]).wordings("Sao y bằng")
        ('ban sao tu ban chinh bang', 'ban sao tu ban chinh')
        """
        tokens = _fold_words(text).split()[:_MOST_TOKENS]
        for length in range(min(self.longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                meanings = self.meanings.get(" ".join(tokens[start : start + length]))
                if meanings:
                    rest = [*tokens[:start], *tokens[start + length :]]
                    fuller = (" ".join([meaning, *rest]) for meaning in meanings)
                    return tuple(dict.fromkeys((*fuller, *meanings)))
        return ()


def needs_contiguous_match(wording: str) -> bool:
    """Whether a meaning is so short that its words scattered over a name would mean nothing."""
    return len(wording.split()) <= _TOGETHER


def _fold_words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())
