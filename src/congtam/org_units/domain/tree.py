"""The tree of units on one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from congtam.org_units.domain.kinds import ORDER, find_kind
from congtam.org_units.domain.records import UnitVersionRow


@dataclass(frozen=True, eq=False)
class UnitNode:
    """A unit as it stands in the tree of a day (đơn vị trong cây đơn vị)."""

    code: str
    name: str
    kind: str
    parent: str | None
    depth: int
    children: tuple[UnitNode, ...] = field(repr=False, default=())
    longitude: float | None = None
    latitude: float | None = None

    def kind_name(self, language: str) -> str:
        """Name of the kind in the language of the reader."""
        return find_kind(self.kind).name(language)

    def walk(self) -> Iterator[UnitNode]:
        """This unit and everything below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()


class UnitTree(Mapping[str, UnitNode]):
    """All units valid on a day, by code (cây đơn vị). A unit whose parent is not valid that day is a root."""

    def __init__(
        self, versions: Iterable[UnitVersionRow], on: date, *, sort_key: Callable[[str], str]
    ) -> None:
        self.on = on
        self._rows = {row.code: row for row in versions if row.holds_on(on)}
        self._below: dict[str | None, list[UnitVersionRow]] = {}
        for row in self._rows.values():
            parent = row.parent if row.parent in self._rows else None
            self._below.setdefault(parent, []).append(row)
        for rows in self._below.values():
            rows.sort(key=lambda row: (ORDER.get(row.kind, len(ORDER)), sort_key(row.name), row.code))
        self._nodes: dict[str, UnitNode] = {}
        self.roots: tuple[UnitNode, ...] = self._build_children(None, 0)

    def _build_children(self, parent: str | None, depth: int) -> tuple[UnitNode, ...]:
        return tuple(self._build_node(row, parent, depth) for row in self._below.get(parent, ()))

    def _build_node(self, row: UnitVersionRow, parent: str | None, depth: int) -> UnitNode:
        node = UnitNode(
            row.code,
            row.name,
            row.kind,
            parent,
            depth,
            self._build_children(row.code, depth + 1),
            row.longitude,
            row.latitude,
        )
        self._nodes[row.code] = node
        return node

    def __getitem__(self, code: str) -> UnitNode:
        return self._nodes[code]

    def __iter__(self) -> Iterator[str]:
        for root in self.roots:
            yield from (node.code for node in root.walk())

    def __len__(self) -> int:
        return len(self._nodes)

    def subtree(self, code: str) -> tuple[str, ...]:
        """The unit itself and everything below it, parents first; empty for a code not in the tree."""
        node = self._nodes.get(code)
        return tuple(each.code for each in node.walk()) if node else ()

    def descendants(self, code: str) -> tuple[str, ...]:
        """Everything below the unit, without the unit itself."""
        return self.subtree(code)[1:]

    def ancestors(self, code: str) -> tuple[UnitNode, ...]:
        """The units above, from the root down to the parent."""
        above: list[UnitNode] = []
        node = self._nodes.get(code)
        while node and node.parent:
            node = self._nodes[node.parent]
            above.append(node)
        return tuple(reversed(above))
