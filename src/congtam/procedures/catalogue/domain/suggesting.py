"""Finding a procedure from a few letters (gợi ý thủ tục): code, words without diacritics, or first letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final

from congtam.kernel.vietnamese import fold
from congtam.procedures.catalogue.domain.spoken import needs_contiguous_match

TOGETHER: Final = 3
"""The last rank at which the words that were typed stand together."""
_LOOSE: Final = 4
_COMMON_PREFIX: Final = "thu tuc "
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
class SearchableVersion:
    """A version with the keys by which it is found and the period in which it holds."""

    suggestion: Suggestion
    search_text: str
    """Folded words, each with a space before it."""
    initials: str
    digits: str
    first: date | None
    last: date | None
    """The day after the last one."""

    @classmethod
    def from_suggestion(
        cls, suggestion: Suggestion, *, first: date | None, last: date | None
    ) -> SearchableVersion:
        """The entry of a version."""
        folded = _fold_words(suggestion.name)
        spoken = folded.removeprefix(_COMMON_PREFIX)
        initials = "".join(word[0] for word in spoken.split())
        return cls(
            suggestion,
            f" {spoken} {_fold_words(suggestion.field_name)}",
            initials,
            suggestion.code.replace(".", ""),
            first,
            last,
        )

    def holds_on(self, day: date) -> bool:
        """Whether the version is in force on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day < self.last)


@dataclass(frozen=True)
class SuggestionQuery:
    """What was typed."""

    tokens: tuple[str, ...]
    starts: tuple[tuple[str, str], ...]
    """Each word, and how it looks at the beginning of a word."""
    phrase: str
    digits: str

    @classmethod
    def parse(cls, text: str) -> SuggestionQuery:
        """Read what was typed.

        >>> SuggestionQuery.parse("Đăng ký  kết hôn").tokens
        ('dang', 'ky', 'ket', 'hon')
        """
        tokens = tuple(_fold_words(text).split())
        digits = text.strip().replace(".", "")
        starts = tuple((word, f" {word}") for word in tokens)
        return cls(tokens, starts, f" {' '.join(tokens)}", digits if digits.isdigit() else "")

    def rank(self, entry: SearchableVersion) -> int | None:
        """How well an entry fits, 0 the best; None where it does not.

        0 its code, 1 it begins so, 2 its first letters begin so, 3 the words stand together, 4 each word begins a
        word or is a run of first letters.
        """
        if self.digits and entry.digits.startswith(self.digits):
            return 0
        for word, start in self.starts:
            if start not in entry.search_text and word not in entry.initials:
                return None
        if entry.search_text.startswith(self.phrase):
            return 1
        if len(self.tokens) == 1 and entry.initials.startswith(self.tokens[0]):
            return 2
        return TOGETHER if self.phrase in entry.search_text else _LOOSE


def suggest(
    entries: Sequence[SearchableVersion],
    text: str,
    *,
    wordings: Sequence[str],
    limit: int,
    unit_level: str = "",
    frequent: Collection[str] = (),
) -> list[Suggestion]:
    """The entries that fit one of the wordings ``wordings``, then those that hold the text as it stands."""
    searches = [(wording, TOGETHER if needs_contiguous_match(wording) else _LOOSE) for wording in wordings]
    searches.append((text, TOGETHER if wordings else _LOOSE))
    by_code: dict[str, Suggestion] = {}
    for wording, most in searches:
        rows = best_matches(
            entries, wording, limit=limit, unit_level=unit_level, frequent=frequent, most=most
        )
        by_code |= {row.code: row for row in rows if row.code not in by_code}
    return sorted(by_code.values(), key=lambda row: _is_for_another_level(row, unit_level))[:limit]


def best_matches(
    entries: Sequence[SearchableVersion],
    text: str,
    *,
    limit: int,
    unit_level: str = "",
    frequent: Collection[str] = (),
    most: int = _LOOSE,
) -> list[Suggestion]:
    """The entries that fit best, up to the rank ``most``.

    Those of another level come last, then those ``frequent`` used (in that order) first.
    """
    query = SuggestionQuery.parse(text)
    if not query.tokens:
        return []
    frequency_rank = {code: number for number, code in enumerate(frequent)}
    last = len(frequency_rank)
    ranked = [
        (
            _is_for_another_level(entry.suggestion, unit_level),
            rank,
            frequency_rank.get(entry.suggestion.code, last),
            len(entry.search_text),
            number,
        )
        for number, entry in enumerate(entries)
        if (rank := query.rank(entry)) is not None and rank <= most
    ]
    return [entries[row[-1]].suggestion for row in nsmallest(limit, ranked)]


def _is_for_another_level(suggestion: Suggestion, unit_level: str) -> bool:
    levels = suggestion.levels
    return bool(unit_level and levels and unit_level not in levels and not suggestion.any_office)


def _fold_words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())
