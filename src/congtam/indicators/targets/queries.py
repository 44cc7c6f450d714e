"""The targets that decisions set: all of them for the page, and the one that holds for a figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from congtam.indicators.domain.definitions import Target
from congtam.indicators.domain.set_targets import TargetRow, nearest
from congtam.indicators.models import SetTarget
from congtam.org_units import public as org_units


@dataclass(frozen=True)
class TargetBook:
    """The rows that may matter for some indicators, read once for many figures (sổ chỉ tiêu)."""

    rows: tuple[TargetRow, ...]

    def find(self, indicator: str, *, unit: str, on: date) -> Target | None:
        """The target that a decision set for a unit on a day."""
        if not any(row.indicator == indicator for row in self.rows):
            return None
        tree = org_units.tree(on)
        version = org_units.find_version(unit, on)
        chain = [unit, *(node.code for node in reversed(tree.ancestors(unit)))] if unit in tree else [unit]
        return nearest(
            self.rows,
            indicator=indicator,
            unit_chain=chain,
            kind=version.kind if version else "",
            on=on,
        )


def target_book(indicators: Collection[str]) -> TargetBook:
    """The targets in force at any time, not withdrawn, of the named indicators."""
    rows = SetTarget.objects.filter(withdrawn_at=None, indicator__in=indicators)
    return TargetBook(tuple(one.as_row(one.indicator) for one in rows))


def list_targets() -> Sequence[SetTarget]:
    """Every target that was not withdrawn; targets are public decisions, open to all who signed in."""
    return list(
        SetTarget.objects.filter(withdrawn_at=None).order_by("indicator", "unit_code", "unit_kind", "valid")
    )
