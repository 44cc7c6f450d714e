"""The rooms of the house and their order, as `.importlinter` declares them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from tools.checks.findings import files, relative

PACKAGE: Final = "congtam"
SUPPORT: Final = frozenset({"tests", "testing", "migrations"})
"""Packages that are no part of the running program, or that are history: free to name what they need."""
READ: Final = (
    ast.Assign,
    ast.Attribute,
    ast.Call,
    ast.ClassDef,
    ast.Constant,
    ast.Import,
    ast.ImportFrom,
    ast.JoinedStr,
)
TEXTS: Final = frozenset({".py", ".html", ".txt"})


@dataclass(frozen=True)
class Rooms:
    """The layers of rooms, the highest first; rooms of one layer do not know each other."""

    levels: tuple[frozenset[str], ...]

    def __contains__(self, room: str) -> bool:
        return any(room in level for level in self.levels)

    def may_name(self, room: str, other: str) -> bool:
        """A room may name itself and the rooms of the layers below it."""
        return room == other or self._level(room) < self._level(other)

    def _level(self, room: str) -> int:
        return next(index for index, level in enumerate(self.levels) if room in level)


@dataclass(frozen=True)
class Contracts:
    """What the checks read of `.importlinter`."""

    rooms: Rooms
    contexts: frozenset[str]
    doors: frozenset[str]
    open_modules: frozenset[str]

    def is_open(self, module: str) -> bool:
        """Whether other rooms may name a module: a door, one that is left open, or one of a room without doors."""
        if room_of(module) not in self.contexts or module.removeprefix(f"{PACKAGE}.") in self.doors:
            return True
        return any(f"{module}.".startswith(f"{one}.") for one in self.open_modules)


def read_contracts(root: Path) -> Contracts:
    """Read the layers of rooms, the contexts and the names of their doors.

    A context's ordinary doors are modules of it (`public`); a room that has several names the others by their path
    below the package (`dossiers.printing.public`).
    """
    parser = ConfigParser()
    parser.read_string((root / ".importlinter").read_text(encoding="utf-8"))
    layers = _lines(parser["importlinter:contract:rooms"]["layers"])
    door = parser["importlinter:contract:doors"]
    contexts = frozenset(_lines(door["contexts"]))
    names = _lines(door["doors"])
    doors = {f"{context}.{name}" for context in contexts for name in names} | set(
        _lines(door.get("further_doors", ""))
    )
    rooms = Rooms(tuple(_level(layer) for layer in layers))
    return Contracts(rooms, contexts, frozenset(doors), frozenset(_lines(door.get("open_modules", ""))))


@dataclass(frozen=True)
class Source:
    """A file of a room: its text, and its parsed nodes of the kinds the checks read when it is a module."""

    path: str
    module: str
    text: str
    nodes: tuple[ast.AST, ...]

    @property
    def is_module(self) -> bool:
        """Whether it is Python."""
        return self.path.endswith(".py")

    @property
    def room(self) -> str:
        """The folder of the package it lies in."""
        return self.module.split(".")[1]

    @property
    def below_room(self) -> PurePosixPath:
        """Its path inside the room."""
        return PurePosixPath(self.path).relative_to(f"src/{PACKAGE}/{self.room}")


@cache
def read_sources(root: Path) -> tuple[Source, ...]:
    """The modules and templates of all rooms, tests and migrations left out; read once for all checks of one run."""
    folder = root / "src" / PACKAGE
    return tuple(
        _read(file, root)
        for file in files(root)
        if file.is_relative_to(folder)
        and len(file.relative_to(folder).parts) > 1
        and SUPPORT.isdisjoint(file.relative_to(folder).parts)
    )


def _read(file: Path, root: Path) -> Source:
    parts = file.relative_to(root / "src").with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = file.read_text(encoding="utf-8") if file.suffix in TEXTS else ""
    nodes = tuple(filter(_is_read, ast.walk(ast.parse(text)))) if file.suffix == ".py" else ()
    return Source(relative(file, root), module, text, nodes)


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, READ) and not (isinstance(node, ast.Constant) and not isinstance(node.value, str))


def room_of(module: str) -> str:
    """The room a module of the package lies in."""
    return module.split(".")[1]


def _level(layer: str) -> frozenset[str]:
    names: Iterable[str] = layer.replace(":", "|").split("|")
    return frozenset(name.strip().strip("()").removeprefix(f"{PACKAGE}.") for name in names)


def _lines(option: str) -> list[str]:
    return [line.strip() for line in option.splitlines() if line.strip()]
