"""Keep functions, modules, views, tests and templates small; there is no list of exceptions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.checks.findings import ROOT, Finding, files, relative, report

FUNCTION: Final = 50
TEST: Final = 40
VIEW: Final = 20
MODULE: Final = 400
MODULE_WARNING: Final = 300
TEMPLATE: Final = 150

Function = ast.FunctionDef | ast.AsyncFunctionDef


def length(node: Function) -> int:
    """Lines of a function with its docstring, without its decorators: a table of cases is not length."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def limit(node: Function, path: Path) -> tuple[str, int]:
    """What kind of function it is and how long it may be."""
    if "tests" in path.parts and node.name.startswith("test_"):
        return "test", TEST
    if "web" in path.parts and node.args.args and node.args.args[0].arg == "request":
        return "view", VIEW
    return "function", FUNCTION


def in_module(source: str, path: Path) -> Iterator[Finding]:
    """Functions of a module that are too long, and the module itself."""
    name, lines = path.as_posix(), source.count("\n")
    if lines > MODULE:
        yield Finding(name, 1, f"module of {lines} lines, at most {MODULE}: turn it into a folder")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            kind, most = limit(node, path)
            if length(node) > most:
                yield Finding(
                    name, node.lineno, f"{kind} {node.name} of {length(node)} lines, at most {most}"
                )


def in_template(source: str, path: Path) -> Iterator[Finding]:
    """A template that should be cut into partials."""
    lines = source.count("\n")
    if lines > TEMPLATE:
        yield Finding(path.as_posix(), 1, f"template of {lines} lines, at most {TEMPLATE}: name a partial")


def growing(source: str, path: Path) -> Iterator[Finding]:
    """A module that nears its limit."""
    lines = source.count("\n")
    if MODULE_WARNING < lines <= MODULE:
        yield Finding(path.as_posix(), 1, f"module of {lines} lines, aim at {MODULE_WARNING}")


def main() -> int:
    """Measure every module and template of the project."""
    findings: list[Finding] = []
    warnings: list[Finding] = []
    for file in files(ROOT, ".py", ".html"):
        path, source = Path(relative(file, ROOT)), file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            findings += in_template(source, path)
        elif "migrations" not in path.parts:
            findings += in_module(source, path)
            warnings += growing(source, path)
    return report(findings, warnings)


if __name__ == "__main__":
    raise SystemExit(main())
