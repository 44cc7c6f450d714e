"""The modules of the project: their trees, and what each of their top-level names stands for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

SOURCES: Final = {"src": "", "tests": "tests", "bench": "bench", "tools": "tools"}
"""Folders of the project, with the package their modules are imported as."""
LEFT_OUT: Final = frozenset({"migrations", "renaming"})


@dataclass
class Module:
    """A file with its tree."""

    path: Path
    name: str

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree; of a text that stays as it was read."""
        return ast.parse(self.text)

    @property
    def is_package(self) -> bool:
        """Whether it is the module of a folder."""
        return self.path.name == "__init__.py"


class Project:
    """All modules below a root, by dotted name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.modules = {module.name: module for module in _modules(root)}
        self._bindings: dict[str, dict[str, str]] = {}

    def bindings(self, name: str) -> dict[str, str]:
        """What every top-level name of a module stands for: the dotted name of where it is defined."""
        if name not in self._bindings:
            self._bindings[name] = {}
            self._bindings[name].update(self._bind(self.modules[name]))
        return self._bindings[name]

    def origin(self, dotted: str) -> str:
        """Where a dotted name is defined: what a module imports is followed to its source."""
        if dotted in self.modules:
            return dotted
        module, _, name = dotted.rpartition(".")
        if module in self.modules:
            return self.bindings(module).get(name, dotted)
        return dotted

    def _bind(self, module: Module) -> Iterator[tuple[str, str]]:
        for node in top_level(module.tree):
            if isinstance(node, ast.ImportFrom):
                source = self.source_of(node, module)
                for alias in node.names:
                    yield alias.asname or alias.name, self.origin(f"{source}.{alias.name}")
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    yield (
                        alias.asname or alias.name.partition(".")[0],
                        (alias.name if alias.asname else alias.name.partition(".")[0]),
                    )
            else:
                for name in defined(node):
                    yield name, f"{module.name}.{name}"

    def source_of(self, node: ast.ImportFrom, module: Module) -> str:
        """The module an import takes from."""
        if not node.level:
            return node.module or ""
        base = module.name.split(".")
        base = base[: len(base) - node.level + module.is_package]
        return ".".join([*base, *(node.module or "").split(".")]).strip(".")


def _modules(root: Path) -> Iterator[Module]:
    for folder, package in SOURCES.items():
        for path in sorted((root / folder).rglob("*.py")):
            parts = path.relative_to(root / folder).with_suffix("").parts
            if LEFT_OUT.isdisjoint(parts):
                parts = parts[:-1] if parts[-1] == "__init__" else parts
                name = ".".join((package, *parts)).strip(".")
                if name:
                    yield Module(path, name)


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements of a module, those within `if`, `try` and `with` included."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
            waiting += [child for handler in getattr(node, "handlers", []) for child in handler.body]


def defined(node: ast.AST) -> Iterator[str]:
    """The names a statement defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    else:
        for child in _within(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                yield child.id


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """A statement without the bodies of blocks, which are statements of their own."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += [child for child in ast.iter_child_nodes(each) if not isinstance(child, ast.stmt)]
