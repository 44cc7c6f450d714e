"""Compare what is imported with what `pyproject.toml` declares, and read the licences of what is installed.

A dependency nothing imports must be listed with its reason under `[tool.dependencies.not-imported]`: a command, a
plug-in found by name, a data package. Licences are read from the installed metadata; nothing is fetched.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path
from typing import Any, Final

from tools.checks.findings import ROOT, Finding, files, relative, report

PROJECT: Final = "pyproject.toml"
NPM_LOCK: Final = "package-lock.json"
OURS: Final = frozenset({"congtam", "tools", "tests", "bench", "conftest"})
ALLOWED: Final = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|LGPL|Lesser General Public|MPL|Mozilla Public|PSF|Python Software Foundation"
    r"|Unlicense|Zlib|CC0|Public Domain|OFL)\b",
    re.IGNORECASE,
)
"""OFL is the licence of fonts: they may be embedded and shipped."""
REFUSED: Final = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )General Public License", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """What the project declares, by normalised names."""

    program: frozenset[str]
    development: frozenset[str]
    not_imported: Mapping[str, str]
    licences: Mapping[str, str]


@dataclass(frozen=True)
class Imported:
    """A package that a file imports, or names in text in the settings."""

    package: str
    path: str
    line: int
    by_program: bool


def normalised(name: str) -> str:
    """A distribution's name as registries compare it, without extras and versions."""
    match = re.match(r"[\w.-]+", name)
    return re.sub(r"[-_.]+", "-", match[0] if match else name).lower()


def read_declared(pyproject: Mapping[str, Any]) -> Declared:
    """The dependencies of the program with its extras, those of development, and the listed reasons."""
    project, own = pyproject["project"], pyproject.get("tool", {}).get("dependencies", {})
    extras = project.get("optional-dependencies", {}).values()
    program = [*project["dependencies"], *(name for extra in extras for name in extra)]
    groups = pyproject.get("dependency-groups", {}).values()
    return Declared(
        program=frozenset(map(normalised, program)),
        development=frozenset(normalised(name) for group in groups for name in group),
        not_imported={normalised(name): reason for name, reason in own.get("not-imported", {}).items()},
        licences={normalised(name): licence for name, licence in own.get("licences", {}).items()},
    )


def imports_of(source: str, path: str) -> Iterator[Imported]:
    """The foreign packages a module imports; the settings name applications and middleware in text."""
    by_program = path.startswith("src/") and not {"tests", "testing"} & set(Path(path).parts)
    for node in ast.walk(ast.parse(source)):
        for module in _modules(node, settings=path.endswith("config/settings.py")):
            package = module.partition(".")[0]
            if package not in OURS and package not in sys.stdlib_module_names:
                yield Imported(package, path, getattr(node, "lineno", 1), by_program)


def _modules(node: ast.AST, *, settings: bool) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    if settings and isinstance(node, ast.Constant) and re.fullmatch(r"[a-z_]+(\.\w+)*", str(node.value)):
        return [str(node.value)] if str(node.value).partition(".")[0] in _installed() else []
    return []


@cache
def _installed() -> Mapping[str, list[str]]:
    """Which distributions a package comes from."""
    return packages_distributions()


def undeclared(imported: Imported, declared: Declared) -> Iterator[Finding]:
    """An import that only works because another package brought it in."""
    names = {normalised(name) for name in _installed().get(imported.package, [imported.package])}
    allowed = declared.program if imported.by_program else declared.program | declared.development
    if names.isdisjoint(allowed):
        group = "dependencies" if imported.by_program else "the dev group"
        yield Finding(
            imported.path, imported.line, f"imports {imported.package}: add it to {group} in {PROJECT}"
        )


def unused(imports: Iterable[Imported], declared: Declared) -> Iterator[Finding]:
    """A dependency that nothing imports and that no reason is given for, and a reason that is no longer needed."""
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for imported in imports:
        names = _installed().get(imported.package, [imported.package])
        used[imported.by_program] |= {normalised(name) for name in names}
    everywhere = used[True] | used[False]
    idle = (declared.program - used[True]) | (declared.development - everywhere)
    for name in sorted(idle - declared.not_imported.keys()):
        yield Finding(PROJECT, 1, f"{name} is imported nowhere: remove it, or say why in not-imported")
    for name in sorted(declared.not_imported.keys() - idle):
        yield Finding(PROJECT, 1, f"{name} is listed in not-imported, but is imported or not declared")


def licence_findings(installed: Iterable[Distribution], declared: Declared) -> Iterator[Finding]:
    """Every installed distribution whose licence we may not use, or that does not state one."""
    for distribution in installed:
        name = normalised(distribution.metadata["Name"])
        stated = declared.licences.get(name) or licence_of(distribution)
        if not is_allowed(stated):
            yield Finding(
                PROJECT,
                1,
                f"{name} is under {stated or 'no stated licence'}: replace it, or read its licence and"
                " state it in licences",
            )


def npm_licence_findings(lock: Mapping[str, Any], declared: Declared) -> Iterator[Finding]:
    """Every package of the front end whose licence we may not use, or that the lock does not state."""
    for path, entry in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if not path or entry.get("link"):
            continue
        stated = declared.licences.get(normalised(name)) or str(entry.get("license", ""))
        if not is_allowed(stated):
            text = f"{name} is under {stated or 'no stated licence'}: replace it, or read its licence and state it"
            yield Finding(NPM_LOCK, 1, f"{text} in licences of {PROJECT}")


def licence_of(distribution: Distribution) -> str:
    """What the metadata says: an SPDX expression, else the classifiers, else the first line of the field."""
    metadata = distribution.metadata
    for expression in metadata.get_all("License-Expression") or []:
        return str(expression)
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith(("OSI Approved", "DFSG approved"))
    ]
    if classifiers:
        return " OR ".join(classifiers)
    return str((metadata.get_all("License") or [""])[0]).partition("\n")[0]


def is_allowed(expression: str) -> bool:
    """Whether one alternative of the expression consists of allowed licences only.

    >>> is_allowed("MIT OR GPL-3.0-only"), is_allowed("MIT AND GPL-3.0-only"), is_allowed("LGPL-3.0-only")
    (True, False, True)
    """
    alternatives = re.split(r"\s+or\s+", expression.strip("() "), flags=re.IGNORECASE)
    return any(
        all(
            ALLOWED.search(part) and not REFUSED.search(part)
            for part in re.split(r"\s+and\s+", alternative, flags=re.IGNORECASE)
        )
        for alternative in alternatives
    )


def check(root: Path) -> Iterator[Finding]:
    """Read the project file, every module and the installed metadata."""
    declared = read_declared(tomllib.loads((root / PROJECT).read_text(encoding="utf-8")))
    imports = [
        imported
        for file in files(root, ".py")
        for imported in imports_of(file.read_text(encoding="utf-8"), relative(file, root))
    ]
    for imported in imports:
        yield from undeclared(imported, declared)
    yield from unused(imports, declared)
    yield from licence_findings(distributions(), declared)
    yield from npm_licence_findings(json.loads((root / NPM_LOCK).read_text(encoding="utf-8")), declared)


def main() -> int:
    """Check the project."""
    return report(check(ROOT))


if __name__ == "__main__":
    raise SystemExit(main())
