"""Carry a map out: every change is found on the syntax trees and written into the bytes of the files."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tools.renaming.entries import Entry
from tools.renaming.modules import Module, Project
from tools.renaming.scopes import Use, uses
from tools.renaming.typed import Knowledge, Span

TEXT_FILES: Final = (
    ".importlinter",
    "pyproject.toml",
    "Makefile",
    ".ci/run",
    "docs/*.md",
    "docs/adr/*.md",
    "README.md",
    "CONTRIBUTING.md",
    "src/congtam/**/*.yaml",
    "src/congtam/config/*.py",
    "tools/**/*.py",
)


class Renamer:
    """One map on one state of the project."""

    def __init__(self, root: Path, entries: Iterable[Entry], knowledge: Knowledge) -> None:
        self.project, self.knowledge = Project(root), knowledge
        self.by_kind: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for entry in entries:
            if entry.kind == "module":
                parent, _, name = entry.old.rpartition(".")
                self.by_kind["name"][parent, name] = entry.new.rpartition(".")[2]
                continue
            for owner in self.owners(entry):
                self.by_kind[entry.kind][owner, entry.old] = entry.new
        self.used: set[tuple[str, str, str]] = set()
        self.problems: list[str] = []

    def owners(self, entry: Entry) -> set[str]:
        """The classes that share a member by inheritance, for it has one name in all of them."""
        if entry.kind == "param":
            owner, _, method = entry.owner.rpartition(".")
            return {f"{each}.{method}" for each in self._family(owner, method)} | {entry.owner}
        return self._family(entry.owner, entry.old) if entry.kind == "member" else {entry.owner}

    def _family(self, owner: str, name: str) -> set[str]:
        bases = self.knowledge.bases
        family = {owner}
        size = 0
        while len(family) != size:
            size = len(family)
            family |= {
                each
                for each, mro in bases.items()
                if name in self.knowledge.members[each]
                and (family & set(mro) or any(each in bases.get(one, ()) for one in family))
            }
        return family

    def run(self) -> dict[Path, bytes]:
        """The new content of every file that changes."""
        changed: dict[Path, bytes] = {}
        for module in self.project.modules.values():
            edits = list(self._edits(module))
            if edits:
                changed[module.path] = self._write(module, edits)
        return changed

    def _edits(self, module: Module) -> Iterator[tuple[int, int, str, str]]:
        """Line, byte column (-1 for the first place of the name in the line), old and new name."""
        bindings = self.project.bindings(module.name)
        for use in uses(module.tree, module.name):
            if new := self._new_name(use, module, bindings):
                yield use.line, self._column(use, module), use.name, new
        for node in ast.walk(module.tree):
            yield from self._of_node(node, module, bindings)

    def collisions(self) -> Iterator[str]:
        """Where a new name is taken already."""
        for module in self.project.modules.values():
            bindings = self.project.bindings(module.name)
            for use in uses(module.tree, module.name):
                new = self._new_name(use, module, bindings)
                if not new:
                    continue
                taken = {use.within.find(new), use.scope.find(new) if use.scope else None}
                for scope in filter(None, taken):
                    other = Use(use.node, new, scope, use.within, use.line, -1)
                    if not self._new_name(other, module, bindings):
                        yield f"{module.path}:{use.line}: {use.name} -> {new}: {scope.qualname} has that name already"

    def _new_name(self, use: Use, module: Module, bindings: dict[str, str]) -> str:
        scope = use.scope
        if scope is None:
            return ""
        if scope.kind == "module":
            owner, _, name = bindings.get(use.name, f"{module.name}.{use.name}").rpartition(".")
            return self._look("name", owner, name) if name == use.name else ""
        if scope.kind == "class":
            return self._look("member", scope.qualname, use.name)
        if use.name in scope.imports:
            owner, _, name = self.project.origin(scope.imports[use.name]).rpartition(".")
            return self._look("name", owner, name) if name == use.name else ""
        kind = "param" if use.name in scope.parameters else "local"
        return self._look(kind, scope.qualname, use.name)

    def _look(self, kind: str, owner: str, name: str) -> str:
        new = self.by_kind[kind].get((owner, name), "")
        if new:
            self.used.add((kind, owner, name))
        return new

    def _column(self, use: Use, module: Module) -> int:
        if use.column >= 0:
            return use.column
        line = module.text.splitlines()[use.line - 1]
        match = re.search(rf"(?:\b(?:def|class|as|global|nonlocal)\s+|[ ,]){use.name}\b", line)
        if match is None:
            return -1
        return len(line[: match.end() - len(use.name)].encode())

    def _of_node(
        self, node: ast.AST, module: Module, bindings: dict[str, str]
    ) -> Iterator[tuple[int, int, str, str]]:
        if isinstance(node, ast.Attribute):
            if new := self._attribute(node, module, bindings):
                yield (
                    node.end_lineno or 0,
                    (node.end_col_offset or 0) - len(node.attr.encode()),
                    node.attr,
                    new,
                )
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg and (new := self._keyword(node, keyword.arg, module)):
                    yield keyword.lineno, keyword.col_offset, keyword.arg, new
        elif isinstance(node, ast.ImportFrom):
            yield from self._import(node, module)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from self._all_names(node, bindings)

    def _typed(self, table: dict[Span, set[str]], node: ast.expr, module: Module) -> set[str]:
        """What the type checker kept of a node; its columns are short in lines with letters of several bytes."""
        path = str(module.path.relative_to(self.project.root))
        start, end = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
        exact = (path, *start, *end)
        if exact in table:
            return table[exact]
        lines = module.text.split("\n")
        short = [2 * _extra_bytes(lines[line - 1], column) for line, column in (start, end)]
        return table.get((path, start[0], start[1] - short[0], end[0], end[1] - short[1]), set())

    def _attribute(self, node: ast.Attribute, module: Module, bindings: dict[str, str]) -> str:
        for owner in self._typed(self.knowledge.attributes, node, module):
            if new := self._look("member", owner, node.attr):
                return new
        dotted = self._dotted(node, bindings)
        owner, _, name = self.project.origin(dotted).rpartition(".") if dotted else ("", "", "")
        return self._look("name", owner, name) if name == node.attr else ""

    def _dotted(self, node: ast.expr, bindings: dict[str, str]) -> str:
        if isinstance(node, ast.Name):
            return bindings.get(node.id, "")
        if isinstance(node, ast.Attribute):
            base = self._dotted(node.value, bindings)
            return self.project.origin(f"{base}.{node.attr}") if base else ""
        return ""

    def _keyword(self, node: ast.Call, name: str, module: Module) -> str:
        for target in self._typed(self.knowledge.calls, node, module):
            if new := self._look("param", target, name) or self._look("param", f"{target}.__init__", name):
                return new
            if target in self.knowledge.bases and (new := self._look("member", target, name)):
                return new
        return ""

    def _import(self, node: ast.ImportFrom, module: Module) -> Iterator[tuple[int, int, str, str]]:
        source = self.project.source_of(node, module)
        for alias in node.names:
            owner, _, name = self.project.origin(f"{source}.{alias.name}").rpartition(".")
            if name == alias.name and (new := self._look("name", owner, name)):
                yield alias.lineno, alias.col_offset, alias.name, new

    def _all_names(
        self, node: ast.Assign | ast.AnnAssign, bindings: dict[str, str]
    ) -> Iterator[tuple[int, int, str, str]]:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if (
            not any(isinstance(each, ast.Name) and each.id == "__all__" for each in targets)
            or node.value is None
        ):
            return
        for each in ast.walk(node.value):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                owner, _, name = bindings.get(each.value, "").rpartition(".")
                if name == each.value and (new := self._look("name", owner, name)):
                    yield each.lineno, each.col_offset + 1, name, new

    def _write(self, module: Module, edits: Iterable[tuple[int, int, str, str]]) -> bytes:
        lines = [line.encode() for line in module.text.split("\n")]
        astray = []
        for line, column, old, new in sorted(set(edits), reverse=True):
            content = lines[line - 1]
            end = column + len(old.encode())
            if column >= 0 and content[column:end] == old.encode():
                lines[line - 1] = content[:column] + new.encode() + content[end:]
            else:
                astray.append((line, old, new))
        for line, old, new in astray:
            self._in_f_string(module, lines, line, old=old, new=new)
        self._in_docstrings(module, lines)
        return b"\n".join(lines)

    def _in_docstrings(self, module: Module, lines: list[bytes]) -> None:
        """Examples, and names in backquotes, of what this module itself defines."""
        own = {
            old: new
            for kind in ("name", "member", "param")
            for (owner, old), new in self.by_kind[kind].items()
            if f"{owner}.".startswith(f"{module.name}.") and (kind, owner, old) in self.used
        }
        for number in _docstring_lines(module.tree) if own else ():
            text = lines[number].decode()
            is_example = text.lstrip().startswith((">>>", "..."))
            for old, new in own.items():
                mark = rf"\b{old}\b" if is_example else rf"(?<=`){old}(?=[`.(])"
                text = re.sub(mark, new, text)
            lines[number] = text.encode()

    def _in_f_string(self, module: Module, lines: list[bytes], line: int, *, old: str, new: str) -> None:
        """Python 3.11 gives wrong positions within f-strings of several lines: look in the braces of the string."""
        strings = [
            node
            for node in ast.walk(module.tree)
            if isinstance(node, ast.JoinedStr) and node.lineno <= line <= (node.end_lineno or 0)
        ]
        done = False
        for node in strings:
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                text = lines[number].decode()
                replaced = re.sub(r"\{[^{}]*\}", lambda match: re.sub(rf"\b{old}\b", new, match[0]), text)
                done = done or replaced != text
                lines[number] = replaced.encode()
        if not done:
            self.problems.append(f"{module.path}:{line}: {old} was not found where it should stand")


def _extra_bytes(line: str, column: int) -> int:
    before = line.encode()[:column]
    return len(before) - len(before.decode(errors="ignore"))


def _docstring_lines(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield from range(node.lineno - 1, node.end_lineno or node.lineno)


def move_modules(root: Path, entries: Iterable[Entry]) -> None:
    """Rename modules: the file, and every dotted name of it in sources, settings and docs."""
    renamed = {entry.old: entry.new for entry in entries if entry.kind == "module"}
    for old, new in renamed.items():
        _move_file(root, old, new)
    if renamed:
        _rewrite(root, renamed)


def _move_file(root: Path, old: str, new: str) -> None:
    source, target = (root / "src" / name.replace(".", "/") for name in (old, new))
    if not source.is_dir():
        source, target = source.with_suffix(".py"), target.with_suffix(".py")
    subprocess.run(["git", "mv", str(source), str(target)], check=True, cwd=root)


def _rewrite(root: Path, renamed: dict[str, str]) -> None:
    project = Project(root)
    files = {module.path for module in project.modules.values()}
    files |= {path for pattern in TEXT_FILES for path in root.glob(pattern) if path.is_file()}
    for path in files:
        text = path.read_text(encoding="utf-8")
        changed = text
        for old, new in renamed.items():
            changed = _rewritten(changed, old, new)
        if changed != text:
            path.write_text(changed, encoding="utf-8")


def _rewritten(text: str, old: str, new: str) -> str:
    text = re.sub(rf"\b{re.escape(old)}\b", new, text)
    slashed, new_slashed = (name.removeprefix("congtam.").replace(".", "/") for name in (old, new))
    return re.sub(rf"(?<![\w/]){re.escape(slashed)}(?=\.py|/)", new_slashed, text)
