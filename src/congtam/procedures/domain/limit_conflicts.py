"""When two catalogues disagree on a time limit (hai nguồn nêu khác thời hạn), and when they only word it differently.

Decision: docs/adr/0107.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from congtam.kernel.vietnamese import comparison_key, fold
from congtam.procedures.domain.content import ChannelLimit

_SILENT: Final = frozenset({"not_stated", "run_together"})
"""Reasons for which a source says nothing that could be compared."""

LimitKey = tuple[str, str]
"""Way of filing and case; an empty way of filing stands for all of them."""


@dataclass(frozen=True, kw_only=True)
class ComparedLimits:
    """What another catalogue does to the limits in force: fills gaps, agrees, or disagrees."""

    limits: tuple[ChannelLimit, ...]
    """Those in force, with what was missing."""
    disputed: tuple[LimitKey, ...]

    def adds_to(self, recorded: Sequence[ChannelLimit]) -> bool:
        """Whether the other catalogue states what the recorded limits do not."""
        return self.limits != tuple(recorded)


def compare_limits(recorded: Sequence[ChannelLimit], incoming: Sequence[ChannelLimit]) -> ComparedLimits:
    """Compare by amount: other words for the same amount agree, and a text without a limit says nothing.

    An amount beside words that are none (“theo kế hoạch”) is a disagreement: one of the two is wrong.
    """
    stated, others = _group_limits(recorded), _group_limits(incoming)
    disputed, added = [], []
    for key, rows in others.items():
        rivals = [theirs for rival, theirs in stated.items() if _keys_overlap(key, rival)]
        if not rivals:
            added += rows
        elif any(_limit_values(rows) != _limit_values(theirs) for theirs in rivals):
            disputed.append(key)
    filled = {_limit_key(row) for row in added}
    remaining = [row for row in recorded if _limit_key(row) not in filled]
    return ComparedLimits(limits=(*remaining, *added), disputed=tuple(disputed))


def replace_limits(
    recorded: Sequence[ChannelLimit], incoming: Sequence[ChannelLimit]
) -> tuple[ChannelLimit, ...]:
    """The limits if the other catalogue is right: its own, and those of ways of filing it says nothing of."""
    taken = [row for rows in _group_limits(incoming).values() for row in rows]
    untouched = [
        row for row in recorded if not any(_keys_overlap(_limit_key(row), _limit_key(each)) for each in taken)
    ]
    return (*untouched, *taken)


def limits_digest(limits: Sequence[ChannelLimit]) -> str:
    """Decides whether two lists of limits say the same, in whatever words and order."""
    values = sorted(
        json.dumps([*key, sorted(_limit_values(rows))]) for key, rows in _group_limits(limits).items()
    )
    return hashlib.sha256("\n".join(values).encode()).hexdigest()


def catalogue_name(source: str) -> str:
    """The catalogue a file is an edition of: its name without digits and type (tên danh mục nguồn).

    A name without words stays as it is, and such files are each a catalogue of their own.

    >>> catalogue_name("national_catalogue_2026-07-18_5608.csv")
    'national catalogue'
    >>> catalogue_name("national_catalogue_2026-09-01_5611.csv") == catalogue_name("National catalogue.csv")
    True
    >>> catalogue_name("2026.jsonl")
    '2026'
    """
    name = PurePath(source).name.lower()
    for suffix in (".gz", ".jsonl", ".csv", ".xlsx"):
        name = name.removesuffix(suffix)
    words = " ".join(re.sub(r"[\W\d_]+", " ", fold(name)).split())
    return words or name


def _group_limits(limits: Iterable[ChannelLimit]) -> Mapping[LimitKey, list[ChannelLimit]]:
    """What is stated, by way of filing and case."""
    groups: dict[LimitKey, list[ChannelLimit]] = {}
    for row in limits:
        if row.limit.reason not in _SILENT:
            groups.setdefault(_limit_key(row), []).append(row)
    return groups


def _limit_key(row: ChannelLimit) -> LimitKey:
    return row.channel, row.case_kind


def _keys_overlap(one: LimitKey, other: LimitKey) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or not one[0] or not other[0])


def _limit_values(rows: Iterable[ChannelLimit]) -> set[str]:
    return {_comparable_limit(row) for row in rows}


def _comparable_limit(row: ChannelLimit) -> str:
    amount = row.limit.amount
    if amount is None:
        return comparison_key(row.limit.raw_text)
    return f"{amount.value.normalize():f} {amount.unit.value}"
