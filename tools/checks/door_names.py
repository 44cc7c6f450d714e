"""Keep the doors of the rooms narrow: few names, each of them used by another room."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.checks.findings import Finding
from tools.checks.rooms import PACKAGE, Source, read_contracts, read_sources, room_of

MOST: Final = 40


@dataclass(frozen=True)
class Door:
    """A public module and the names it shows, with the line of each."""

    module: str
    path: str
    names: Mapping[str, int]


def read_door(source: Source) -> Door:
    """The names a door lists in `__all__`; every door of the house lists them."""
    for node in source.nodes:
        if isinstance(node, ast.Assign) and _is_all(node) and isinstance(node.value, ast.List | ast.Tuple):
            items = [item for item in node.value.elts if isinstance(item, ast.Constant)]
            if len(items) < len(node.value.elts) or _is_changed(source):
                return Door(source.module, source.path, {})
            return Door(source.module, source.path, {str(item.value): item.lineno for item in items})
    return Door(source.module, source.path, {})


def names_used(source: Source, doors: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each door and name that a module uses: `from door import name`, or `door.name` after importing the door."""
    local: dict[str, str] = {}
    for node in source.nodes:
        for imported, name, local_name in _imports(node):
            if imported in doors:
                yield imported, name
            if (module := f"{imported}.{name}") in doors:
                local[local_name] = module
    for node in source.nodes if local else ():
        if isinstance(node, ast.Attribute) and (door := local.get(ast.unparse(node.value))):
            yield door, node.attr


def _imports(node: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Package, name and local name of each import."""
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from ((node.module, alias.name, alias.asname or alias.name) for alias in node.names)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            package, _, name = alias.name.rpartition(".")
            yield package, name, alias.asname or alias.name


def complaints(door: Door, used: frozenset[str]) -> Iterator[Finding]:
    """A door without a list or too wide, and the names on it that no other room uses."""
    if not door.names:
        text = "a door lists what it shows in __all__, as plain texts; remove a door that nobody uses"
        yield Finding(door.path, 1, text)
    if len(door.names) > MOST:
        yield Finding(
            door.path,
            1,
            f"a door of {len(door.names)} names, at most {MOST}: return values with methods, or give a sub-room"
            " its own door (docs/adr/0074)",
        )
    for name, line in door.names.items():
        if name not in used:
            yield Finding(
                door.path,
                line,
                f"{name} is used by no other room: remove it (tests build on {PACKAGE}.testing)",
            )


def check(root: Path) -> Iterator[Finding]:
    """Compare what the doors show with what modules of other rooms use."""
    modules = frozenset(f"{PACKAGE}.{door}" for door in read_contracts(root).doors)
    sources = [source for source in read_sources(root) if source.is_module]
    used: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for door, name in names_used(source, modules):
            if room_of(door) != source.room:
                used[door].add(name)
    for source in sources:
        if source.module in modules:
            yield from complaints(read_door(source), frozenset(used[source.module]))


def _is_changed(source: Source) -> bool:
    """Whether the list is added to after it is written."""
    return bool(re.search(r"^__all__\s*(\+=|\.)", source.text, re.MULTILINE))


def _is_all(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
