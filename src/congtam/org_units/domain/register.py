"""The register of units: everything on record, held in memory, with the questions it can answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from congtam.org_units.domain.crosswalk import Crosswalk
from congtam.org_units.domain.records import ALWAYS, CrosswalkRow, SuccessionRow, UnitVersionRow
from congtam.org_units.domain.tree import UnitTree
from congtam.org_units.domain.visibility import UnitReach


@dataclass(frozen=True)
class UnitHistory:
    """The life of one code: its versions, what it came from and what followed (lịch sử đơn vị)."""

    code: str
    versions: tuple[UnitVersionRow, ...]
    predecessors: tuple[SuccessionRow, ...]
    successors: tuple[SuccessionRow, ...]

    def without_later_changes(self, day: date) -> UnitHistory:
        """Without what came later, for a demonstration that plays in the past; a unit that came later is left whole."""
        known = [row for row in self.versions if row.valid_from <= day]
        if not known:
            return self
        return replace(
            self,
            versions=tuple(
                replace(row, valid_until=ALWAYS) if row.valid_until > day else row for row in known
            ),
            predecessors=tuple(row for row in self.predecessors if row.on_date <= day),
            successors=tuple(row for row in self.successors if row.on_date <= day),
        )


class Register:
    """All units of the installation through time (danh mục đơn vị). Immutable: a change makes a new one."""

    def __init__(
        self,
        versions: Iterable[UnitVersionRow],
        successions: Iterable[SuccessionRow],
        *,
        sort_key: Callable[[str], str],
    ) -> None:
        self.versions = tuple(sorted(versions, key=lambda row: (row.code, row.valid_from)))
        self.successions = tuple(
            sorted(successions, key=lambda row: (row.on_date, row.predecessor, row.successor))
        )
        self._sort_key = sort_key
        self._by_code: dict[str, list[UnitVersionRow]] = defaultdict(list)
        for version in self.versions:
            self._by_code[version.code].append(version)
        unit_reach = UnitReach(self.versions, self.successions)
        paths = Crosswalk(self.versions, self.successions)
        self.tree: Callable[[date], UnitTree] = lru_cache(maxsize=64)(self._build_tree)
        self.reach: Callable[[str], frozenset[str]] = lru_cache(maxsize=4096)(unit_reach.reach)
        self.crosswalk: Callable[[date], list[CrosswalkRow]] = lru_cache(maxsize=32)(paths.rows)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that was ever in use."""
        return frozenset(self._by_code)

    def history(self, code: str) -> UnitHistory | None:
        """The life of a code; None for one never in use."""
        if code not in self._by_code:
            return None
        return UnitHistory(
            code,
            tuple(self._by_code[code]),
            tuple(row for row in self.successions if row.successor == code),
            tuple(row for row in self.successions if row.predecessor == code),
        )

    def version_on(self, code: str, day: date) -> UnitVersionRow | None:
        """The version of a code valid on the day."""
        return next((row for row in self._by_code.get(code, ()) if row.holds_on(day)), None)

    def nearest_version(self, code: str, day: date) -> UnitVersionRow | None:
        """The version valid on the day, else the last one before it, else the first one after."""
        rows = self._by_code.get(code)
        if not rows:
            return None
        past = [row for row in rows if row.valid_from <= day]
        return past[-1] if past else rows[0]

    def name_on(self, code: str, day: date) -> str:
        """What a unit was called on a day; the code itself where nobody knows it."""
        version = self.nearest_version(code, day)
        return version.name if version else code

    def change_days(self) -> tuple[date, ...]:
        """The days on which the tree changed, oldest first."""
        days = {row.valid_from for row in self.versions} | {row.valid_until for row in self.versions}
        return tuple(sorted(day for day in days if date.min < day < date.max))

    def _build_tree(self, on: date) -> UnitTree:
        return UnitTree(self.versions, on, sort_key=self._sort_key)
