"""What was added, removed and changed between two versions (so sánh phiên bản), down to the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Mark = Literal["same", "added", "removed"]
_TOKEN: Final = re.compile(r"\S+\s*")
_MOST_TOKENS: Final = 1500
"""A block with more words is shown as replaced as a whole: finding the words would take seconds."""


@dataclass(frozen=True)
class MarkedText:
    """A run of words with one mark."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class ComparedRow:
    """A row of a list: ``key`` says which rows belong together, ``text`` is what a person reads."""

    key: str
    text: str


@dataclass(frozen=True)
class Pair:
    """The two sides of one place; ``kind`` is ``added``, ``removed``, ``changed`` or ``same``."""

    kind: str
    before: tuple[MarkedText, ...]
    after: tuple[MarkedText, ...]


def compare_texts(before: str, after: str) -> Pair:
    """Two texts with the words marked that only one of them has.

    >>> pair = compare_texts("trong 5 ngày", "trong 3 ngày")
    >>> [(each.text, each.mark) for each in pair.after]
    [('trong ', 'same'), ('3 ', 'added'), ('ngày', 'same')]
    """
    if before == after:
        return Pair("same", _mark_all(before, "same"), _mark_all(after, "same"))
    if not before or not after:
        kind = "added" if after else "removed"
        return Pair(kind, _mark_all(before, "removed"), _mark_all(after, "added"))
    left: list[MarkedText] = []
    right: list[MarkedText] = []
    for old, new in _text_blocks(before, after):
        for removed, added in _word_runs(old, new):
            left += _mark_all(removed[0], removed[1])
            right += _mark_all(added[0], added[1])
    return Pair("changed", _join_runs(left), _join_runs(right))


def compare_rows(before: Sequence[ComparedRow], after: Sequence[ComparedRow]) -> tuple[Pair, ...]:
    """Two lists: rows with the same key are compared, the others were added or removed; in the order of the later.

    >>> before = [ComparedRow("a", "A"), ComparedRow("b", "B")]
    >>> [pair.kind for pair in compare_rows(before, [ComparedRow("b", "B2"), ComparedRow("c", "C")])]
    ['changed', 'added', 'removed']
    """
    before_by_key = {row.key: row for row in before}
    after_keys = {row.key for row in after}
    pairs = [
        compare_texts(before_by_key[row.key].text if row.key in before_by_key else "", row.text)
        for row in after
    ]
    return (*pairs, *(compare_texts(row.text, "") for row in before if row.key not in after_keys))


def _mark_all(text: str, mark: Mark) -> tuple[MarkedText, ...]:
    return (MarkedText(text, mark),) if text else ()


def _text_blocks(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The texts cut where whole lines agree, so that words are compared within small pieces only."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])


def _word_runs(old: str, new: str) -> Iterator[tuple[tuple[str, Mark], tuple[str, Mark]]]:
    if old == new:
        yield (old, "same"), (new, "same")
        return
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(left) > _MOST_TOKENS or len(right) > _MOST_TOKENS:
        yield (old, "removed"), (new, "added")
        return
    plain = [[token.strip() for token in side] for side in (left, right)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        same = tag == "equal"
        yield (
            ("".join(left[i1:i2]), "same" if same else "removed"),
            ("".join(right[j1:j2]), "same" if same else "added"),
        )


def _join_runs(runs: Sequence[MarkedText]) -> tuple[MarkedText, ...]:
    joined: list[MarkedText] = []
    for each in runs:
        if joined and joined[-1].mark == each.mark:
            joined[-1] = MarkedText(joined[-1].text + each.text, each.mark)
        else:
            joined.append(each)
    return tuple(joined)
