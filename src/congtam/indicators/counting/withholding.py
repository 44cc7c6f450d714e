"""Figures over few rows that the reader may not see are withheld, also where others would give them away.

Whether a unit's figure is withheld does not depend on the page that shows it: it is decided from the top of the tree
down, group by group, so that no list, map, trend or single figure shows what another one withholds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from congtam.foundation.public import Actor
from congtam.indicators.counting.hiding import smallest_group
from congtam.indicators.counting.scopes import child_scope, unit_scope
from congtam.indicators.counting.visibility import hidden_counts
from congtam.indicators.counting.windows import Window
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.small_groups import is_small_group, withheld_members
from congtam.org_units import public as org_units


@dataclass(kw_only=True)
class Withholding:
    """Which figures of a data version and a map are withheld from an actor (số liệu không hiển thị)."""

    version: int
    map_on: date | None
    to: Actor
    _groups: dict[tuple[str, Window, str], frozenset[str]] = field(default_factory=dict)

    def of_unit(self, one: Definition, window: Window, unit: str, *, is_own: bool = False) -> bool:
        """Whether the figure of a unit, or of the rows recorded at the unit itself, is withheld."""
        least = self._least(one)
        if least is None:
            return False
        path = self._path(unit, window)
        withheld = is_small_group(self._hidden_of(one, window, path[0]), least=least)
        for parent, child in pairwise([*path, unit] if is_own else path):
            withheld = child in self._group(one, window, parent, least=least, total_is_withheld=withheld)
        return withheld

    def of_children(self, one: Definition, window: Window, unit: str) -> frozenset[str]:
        """The children of a unit whose figures are withheld; the rows of the unit itself under its own code."""
        least = self._least(one)
        if least is None:
            return frozenset()
        is_withheld = self.of_unit(one, window, unit)
        return self._group(one, window, unit, least=least, total_is_withheld=is_withheld)

    def of_narrowed(
        self, narrowed: Mapping[str, Definition], one: Definition, *, window: Window, unit: str
    ) -> frozenset[str]:
        """Which of the figures of a unit, each of the rows that say one thing in one column, are withheld."""
        least = self._least(one)
        if least is None:
            return frozenset()
        hidden = {name: self._hidden_of(each, window, unit) for name, each in narrowed.items()}
        return withheld_members(hidden, least=least, total_is_withheld=self.of_unit(one, window, unit))

    def _least(self, one: Definition) -> int | None:
        """From how many hidden rows on its figures are shown; None where none is withheld."""
        return smallest_group(one, to=self.to)

    def _path(self, unit: str, window: Window) -> list[str]:
        """The units from the top of the tree down to this one; this one alone where it is not in the tree."""
        tree = org_units.tree(self.map_on or window.period.last_day)
        path = [unit]
        while (node := tree.get(path[0])) is not None and node.parent:
            path.insert(0, node.parent)
        return path

    def _hidden_of(self, one: Definition, window: Window, unit: str) -> int:
        scope = unit_scope(unit, window.period, self.map_on)
        return hidden_counts(one, window, scope, version=self.version, to=self.to).get(unit, 0)

    def _group(
        self, one: Definition, window: Window, parent: str, *, least: int, total_is_withheld: bool
    ) -> frozenset[str]:
        key = (one.digest, window, parent)
        if key not in self._groups:
            scope = child_scope(parent, window.period, self.map_on)
            hidden = hidden_counts(one, window, scope, version=self.version, to=self.to)
            self._groups[key] = withheld_members(hidden, least=least, total_is_withheld=total_is_withheld)
        return self._groups[key]
