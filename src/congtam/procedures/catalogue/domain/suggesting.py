"""Finding a procedure from a few letters (gợi ý thủ tục): code, words without diacritics, or first letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final

from congtam.kernel.vietnamese import fold
from congtam.procedures.catalogue.domain.spoken import must_stand_together

TOGETHER: Final = 3
"""The last rank at which the words that were typed stand together."""
_LOOSE: Final = 4
_EMPTY_WORDS: Final = "thu tuc "
"""Half of all names begin with “Thủ tục”; nobody types it, and nobody means it by its first letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A procedure that may be meant."""

    code: str
    name: str
    field_name: str
    levels: tuple[str, ...] = ()
    any_office: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with the keys by which it is found and the period in which it holds."""

    suggestion: Suggestion
    words: str
    """Folded words, each with a space before it."""
    initials: str
    digits: str
    first: date | None
    last: date | None
    """The day after the last one."""

    @classmethod
    def of(cls, suggestion: Suggestion, *, first: date | None, last: date | None) -> Entry:
        """The entry of a version."""
        words = _words(suggestion.name)
        spoken = words.removeprefix(_EMPTY_WORDS)
        initials = "".join(word[0] for word in spoken.split())
        return cls(
            suggestion,
            f" {spoken} {_words(suggestion.field_name)}",
            initials,
            suggestion.code.replace(".", ""),
            first,
            last,
        )

    def holds_on(self, day: date) -> bool:
        """Whether the version is in force on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day < self.last)


@dataclass(frozen=True)
class Wanted:
    """What was typed."""

    words: tuple[str, ...]
    starts: tuple[tuple[str, str], ...]
    """Each word, and how it looks at the beginning of a word."""
    phrase: str
    digits: str

    @classmethod
    def of(cls, text: str) -> Wanted:
        """Read what was typed.

        >>> Wanted.of("Đăng ký  kết hôn").words
        ('dang', 'ky', 'ket', 'hon')
        """
        words = tuple(_words(text).split())
        digits = text.strip().replace(".", "")
        starts = tuple((word, f" {word}") for word in words)
        return cls(words, starts, f" {' '.join(words)}", digits if digits.isdigit() else "")

    def rank(self, entry: Entry) -> int | None:
        """How well an entry fits, 0 the best; None where it does not.

        0 its code, 1 it begins so, 2 its first letters begin so, 3 the words stand together, 4 each word begins a
        word or is a run of first letters.
        """
        if self.digits and entry.digits.startswith(self.digits):
            return 0
        for word, start in self.starts:
            if start not in entry.words and word not in entry.initials:
                return None
        if entry.words.startswith(self.phrase):
            return 1
        if len(self.words) == 1 and entry.initials.startswith(self.words[0]):
            return 2
        return TOGETHER if self.phrase in entry.words else _LOOSE


def best_of(
    entries: Sequence[Entry],
    text: str,
    *,
    meant: Sequence[str],
    limit: int,
    unit_level: str = "",
    often: Collection[str] = (),
) -> list[Suggestion]:
    """The entries that fit one of the wordings ``meant``, then those that hold the text as it stands."""
    asked = [(wording, TOGETHER if must_stand_together(wording) else _LOOSE) for wording in meant]
    asked.append((text, TOGETHER if meant else _LOOSE))
    found: dict[str, Suggestion] = {}
    for wording, most in asked:
        rows = best(entries, wording, limit=limit, unit_level=unit_level, often=often, most=most)
        found |= {row.code: row for row in rows if row.code not in found}
    return sorted(found.values(), key=lambda row: _is_elsewhere(row, unit_level))[:limit]


def best(
    entries: Sequence[Entry],
    text: str,
    *,
    limit: int,
    unit_level: str = "",
    often: Collection[str] = (),
    most: int = _LOOSE,
) -> list[Suggestion]:
    """The entries that fit best, up to the rank ``most``.

    Those of another level come last, then those ``often`` used (in that order) first.
    """
    wanted = Wanted.of(text)
    if not wanted.words:
        return []
    place = {code: number for number, code in enumerate(often)}
    last = len(place)
    found = [
        (
            _is_elsewhere(entry.suggestion, unit_level),
            rank,
            place.get(entry.suggestion.code, last),
            len(entry.words),
            number,
        )
        for number, entry in enumerate(entries)
        if (rank := wanted.rank(entry)) is not None and rank <= most
    ]
    return [entries[row[-1]].suggestion for row in nsmallest(limit, found)]


def _is_elsewhere(suggestion: Suggestion, unit_level: str) -> bool:
    levels = suggestion.levels
    return bool(unit_level and levels and unit_level not in levels and not suggestion.any_office)


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())
