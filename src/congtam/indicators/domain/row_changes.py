"""Which rows came, went and changed between two receipts, and why (thay đổi giữa hai biên nhận)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a row."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


class Reason(StrEnum):
    """Why a row came, went or changed."""

    MAP = "map"
    """The receipts stand on different maps of units."""
    DEFINITION = "definition"
    """They were made with different versions of the definition."""
    TIME = "time"
    """They look from different instants, and the definition speaks of the instant."""
    LATE_ENTRY = "late_entry"
    """The row was not in the data of the first receipt."""
    CORRECTION = "correction"
    """The row was there, and what it says was changed, or it was taken out."""


@dataclass(frozen=True, kw_only=True)
class SeenRow:
    """A row behind a figure: the innermost part it is in, and the digest of its content."""

    part: str
    content: tuple[int, int]


Rows = Mapping[str, SeenRow]


@dataclass(frozen=True, kw_only=True)
class RowDifference:
    """One row that is not in both figures alike; ``before`` and ``after`` are parts, None where it is not a row."""

    key: str
    change: Change
    reason: Reason
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class RowDifferences:
    """All of them, by key."""

    rows: tuple[RowDifference, ...]

    def count(self, change: Change) -> int:
        """How many rows came, went or changed."""
        return sum(one.change == change for one in self.rows)

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows each reason moved, only those that moved any; they add up to all rows."""
        counted = Counter(one.reason for one in self.rows)
        return {reason.value: counted[reason] for reason in Reason if counted[reason]}


def row_differences(
    first: Rows, steps: Sequence[tuple[Reason, Rows]], *, in_first_data: Set[str]
) -> RowDifferences:
    """Compare the rows of the first receipt with those after the last step.

    The steps lead from the first receipt to the second, one difference at a time: its map, its definition, its
    instant, its data. A row's reason is the last step that changed it. What the data changed is a late entry where the
    key is not ``in_first_data``, else a correction; give that step either reason.
    """
    last = steps[-1][1] if steps else first
    found = []
    for key in sorted(first.keys() | last.keys()):
        before, after = first.get(key), last.get(key)
        if before == after:
            continue
        reason = _last_reason(key, first, steps)
        if reason in {Reason.LATE_ENTRY, Reason.CORRECTION}:
            reason = Reason.CORRECTION if key in in_first_data else Reason.LATE_ENTRY
        found.append(
            RowDifference(
                key=key,
                change=_change(before, after),
                reason=reason,
                before=before.part if before else None,
                after=after.part if after else None,
            )
        )
    return RowDifferences(rows=tuple(found))


def _change(before: SeenRow | None, after: SeenRow | None) -> Change:
    if before is None:
        return Change.CAME
    return Change.WENT if after is None else Change.CHANGED


def _last_reason(key: str, first: Rows, steps: Sequence[tuple[Reason, Rows]]) -> Reason:
    reason, previous = Reason.CORRECTION, first
    for step, rows in steps:
        if previous.get(key) != rows.get(key):
            reason = step
        previous = rows
    return reason
