"""What a migration locks and what it rewrites: said in its docstring, and listed in docs/operations.md.

``python -m tools.checks.migration_costs --write`` writes the list anew.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.checks.findings import ROOT, Finding, report

DOCUMENT: Final = ROOT / "docs/operations.md"
_BEGIN: Final = "<!-- migrations: what they lock and rewrite -->\n"
_END: Final = "<!-- end of migrations -->\n"
_FREE: Final = frozenset({"nothing", "nothing that is there"})
_LOCKING: Final = frozenset(
    {"AddConstraint", "AddField", "AddIndex", "AlterField", "RemoveConstraint", "RemoveField", "RenameField"}
)
"""Operations on a table that is there; of one that the same migration creates they cost nothing."""


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What running a migration costs an installation with data."""

    locks: str
    rewrites: str

    @property
    def is_free(self) -> bool:
        """Whether it only creates, or only moves names."""
        return {self.locks, self.rewrites} <= _FREE


def costs_of(docstring: str) -> Costs | None:
    """The two lines at the end of the docstring, without their full stop; None where one is missing."""
    folded = re.sub(r"\n[ ]+", " ", docstring)
    lines = dict(re.findall(r"^(Locks|Rewrites): (.+?)\.?$", folded, re.MULTILINE))
    return Costs(locks=lines["Locks"], rewrites=lines["Rewrites"]) if len(lines) == 2 else None


def migration_files(root: Path = ROOT) -> Iterator[Path]:
    """All migrations, by room and number."""
    yield from sorted((root / "src/congtam").glob("*/migrations/[0-9]*.py"))


def find_faults(path: Path, *, root: Path = ROOT) -> Iterator[Finding]:
    """What is wrong with one migration."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    costs = costs_of(ast.get_docstring(tree) or "")
    name = str(path.relative_to(root))
    if costs is None:
        text = "end the docstring with “Locks: …” and “Rewrites: …”: which tables, for how long (nothing: “nothing.”)"
        yield Finding(name, 1, text)
        return
    if costs.locks in _FREE:
        for line, operation in _locking_operations(tree):
            yield Finding(
                name, line, f"{operation} locks its table: say which after “Locks:”, and for how long"
            )
    if costs.rewrites == "nothing" and (line := _first_update(tree)):
        yield Finding(name, line, "an UPDATE rewrites rows: say which after “Rewrites:”")


def _locking_operations(tree: ast.Module) -> Iterator[tuple[int, str]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    created = {_keyword(call, "name") for call in calls if _name(call) == "CreateModel"}
    state_only = {
        inner
        for call in calls
        if _name(call) == "SeparateDatabaseAndState"
        for keyword in call.keywords
        if keyword.arg == "state_operations"
        for inner in ast.walk(keyword.value)
    }
    for call in calls:
        if _name(call) in _LOCKING and call not in state_only and _keyword(call, "model_name") not in created:
            yield call.lineno, _name(call)


def _first_update(tree: ast.Module) -> int:
    """The line of the first statement in SQL that changes rows, 0 if there is none; functions and triggers are none."""
    texts = (
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return next((node.lineno for node in texts if re.match(r"\s*UPDATE \w+", str(node.value))), 0)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _keyword(call: ast.Call, name: str) -> str:
    values = (one.value for one in call.keywords if one.arg == name)
    return next((str(value.value).lower() for value in values if isinstance(value, ast.Constant)), "")


def table(root: Path = ROOT) -> str:
    """The migrations that cost something, as the table of the document."""
    lines = ["| migration | locks | rewrites |", "|---|---|---|"]
    for path in migration_files(root):
        costs = costs_of(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
        if costs and not costs.is_free:
            lines.append(f"| {path.parts[-3]} {path.stem[:4]} | {costs.locks} | {costs.rewrites} |")
    return "\n".join(lines) + "\n"


def document_with_table(text: str, listed: str) -> str:
    """The document with the list in its place."""
    before, _begin, rest = text.partition(_BEGIN)
    _former, _end, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{listed}\n{_END}{after}"


def main() -> int:
    """Check every migration and the list; with ``--write`` the list is written first."""
    text = DOCUMENT.read_text(encoding="utf-8")
    expected = document_with_table(text, table())
    if "--write" in sys.argv:
        DOCUMENT.write_text(expected, encoding="utf-8")
        text = expected
    findings = [fault for path in migration_files() for fault in find_faults(path)]
    if text != expected:
        advice = "the list of migrations is not that of the docstrings: python -m tools.checks.migration_costs --write"
        findings.append(Finding(str(DOCUMENT.relative_to(ROOT)), 1, advice))
    return report(findings)


if __name__ == "__main__":
    raise SystemExit(main())
