"""Which target holds for a unit (chỉ tiêu được giao): the one set nearest to it, else that of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from congtam.indicators.domain.definitions import Target


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """A target with the decision that set it, for a unit and all below it, or for a kind of unit; or both."""

    indicator: str
    target: Target
    unit_code: str = ""
    unit_kind: str = ""

    def holds_for(self, unit_chain: Sequence[str], kind: str) -> bool:
        """Whether it is set for a unit with these units above it; the chain begins with the unit itself."""
        is_for_unit = not self.unit_code or self.unit_code in unit_chain
        return is_for_unit and self.unit_kind in ("", kind)


def nearest(
    rows: Iterable[TargetRow], *, indicator: str, unit_chain: Sequence[str], kind: str, on: date
) -> Target | None:
    """The target of a unit on a day; None where no decision set one.

    Of several, the one of the unit itself goes before one of a unit above; where both name the same unit, the one for
    the kind goes first; then the newest.
    """
    able = [
        row
        for row in rows
        if row.indicator == indicator and row.target.holds_on(on) and row.holds_for(unit_chain, kind)
    ]
    if not able:
        return None

    def rank(row: TargetRow) -> tuple[int, bool, int]:
        distance = unit_chain.index(row.unit_code) if row.unit_code else len(unit_chain)
        return distance, not row.unit_kind, -row.target.valid_from.toordinal()

    return min(able, key=rank).target
