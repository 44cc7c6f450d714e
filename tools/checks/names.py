"""Refuse names of our old private dialect in functions, parameters, classes and modules.

The list is short on purpose: words that say nothing to somebody who searches. A name that is exact although it holds
one of them (`not_found`), or that stands in an interface, is listed with its reason in `pyproject.toml` under
`[tool.names.allowed]`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tools.checks.findings import ROOT, Finding, files, relative, report

BANNED: Final = frozenset(
    {
        "told",
        "asked",
        "given",
        "wanted",
        "known",
        "kept",
        "found",
        "sight",
        "story",
        "moves",
        "acts",
        "words",
        "often",
        "nothing",
        "said",
    }
)
CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
LEFT_OUT: Final = frozenset({"tests", "migrations"})


def split_name(name: str) -> set[str]:
    """The words of an identifier.

    >>> sorted(split_name("RowsFound")), sorted(split_name("_found_rows"))
    (['found', 'rows'], ['found', 'rows'])
    """
    return set(CAPITAL.sub("_", name).lower().split("_")) - {""}


def names(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, kind and name of every function, parameter and class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.lineno, "class", node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, "function", node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, "parameter", node.arg


def check(root: Path, allowed: Mapping[str, str]) -> Iterator[Finding]:
    """Every module of the package and of the tools, without tests and migrations."""
    for path in files(root, ".py"):
        parts = path.relative_to(root).parts
        if parts[0] not in {"src", "tools"} or not LEFT_OUT.isdisjoint(parts):
            continue
        every = [(1, "module", path.stem), *names(ast.parse(path.read_text(encoding="utf-8")))]
        for line, kind, name in every:
            if (banned := split_name(name) & BANNED) and name not in allowed:
                text = (
                    f"the {kind} {name}: “{min(banned)}” names nothing; use the field's term (docs/style.md)"
                )
                yield Finding(relative(path, root), line, text)


def main() -> int:
    """Check the names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return report(check(ROOT, settings["tool"]["names"]["allowed"]))


if __name__ == "__main__":
    raise SystemExit(main())
