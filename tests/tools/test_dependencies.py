"""What is imported is declared, what is declared is imported or excused, and licences are ones we may use."""

from __future__ import annotations

from importlib.metadata import Distribution
from os import PathLike
from typing import Any

import pytest
from tools.checks.dependencies import (
    Declared,
    imports_of,
    is_allowed,
    licence_findings,
    main,
    npm_licence_findings,
    read_declared,
    undeclared,
    unused,
)


def declared(*program: str, dev: tuple[str, ...] = (), excused: tuple[str, ...] = ()) -> Declared:
    return read_declared(
        {
            "project": {"dependencies": list(program), "optional-dependencies": {"more": ["PyYAML>=6"]}},
            "dependency-groups": {"dev": list(dev)},
            "tool": {"dependencies": {"not-imported": dict.fromkeys(excused, "a command")}},
        }
    )


def test_extras_versions_and_spelling_of_names_do_not_matter() -> None:
    read = declared("psycopg[binary,pool]>=3.3", "Python_Docx")
    assert read.program == {"psycopg", "python-docx", "pyyaml"}


@pytest.mark.parametrize(
    ("path", "source", "findings"),
    [
        pytest.param("src/congtam/a.py", "import django.db, json, congtam.kernel", 0, id="declared"),
        pytest.param("src/congtam/a.py", "def f():\n    import yaml", 0, id="an extra, by its other name"),
        pytest.param("src/congtam/a.py", "from asgiref.sync import x", 1, id="only brought in by another"),
        pytest.param("src/congtam/a.py", "from pytest import mark", 1, id="a test library in the program"),
        pytest.param("src/congtam/x/tests/test_a.py", "from pytest import mark", 0, id="in a test"),
        pytest.param("src/congtam/testing/cast.py", "import pytest", 0, id="in test support"),
        pytest.param("tools/checks/a.py", "import grimp", 1, id="a tool too"),
        pytest.param("src/congtam/a.py", "from . import grimp", 0, id="one's own"),
    ],
)
def test_an_import_must_be_declared(path: str, source: str, findings: int) -> None:
    read = declared("django>=5", dev=("pytest",))
    found = [finding for each in imports_of(source, path) for finding in undeclared(each, read)]
    assert len(found) == findings


def names(read: Declared, source: str, path: str = "src/congtam/a.py") -> list[str]:
    return [finding.text.partition(" ")[0] for finding in unused(list(imports_of(source, path)), read)]


def test_a_dependency_nothing_imports_is_reported() -> None:
    assert names(declared("django", "httpx", dev=("pytest", "ruff")), "import django, yaml") == [
        "httpx",
        "pytest",
        "ruff",
    ]


def test_a_dependency_of_the_program_only_tests_import_is_reported() -> None:
    assert names(declared("django"), "import django, yaml", "tests/a.py") == ["django", "pyyaml"]


def test_a_reason_excuses_and_is_reported_when_it_is_no_longer_needed() -> None:
    read = declared("django", "granian", excused=("granian", "django", "gone"))
    assert names(read, "import django, yaml") == ["django", "gone"]


def test_the_settings_name_applications_in_text() -> None:
    settings = "INSTALLED_APPS = ['django_htmx', 'congtam.ui', 'not_installed', 'a sentence']\nimport yaml"
    assert names(declared("django-htmx"), settings, "src/congtam/config/settings.py") == []


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        pytest.param("MIT", True, id="one"),
        pytest.param("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True, id="all of them"),
        pytest.param("LGPL-3.0-only", True, id="lesser"),
        pytest.param("GNU Lesser General Public License v3 (LGPLv3)", True, id="lesser in words"),
        pytest.param("GPL-3.0-or-later OR MIT", True, id="a choice"),
        pytest.param("GPL-3.0-or-later AND MIT", False, id="no choice"),
        pytest.param("AGPL-3.0-only", False, id="affero"),
        pytest.param("GNU General Public License v3 (GPLv3)", False, id="general in words"),
        pytest.param("Proprietary", False, id="unknown"),
        pytest.param("", False, id="none"),
    ],
)
def test_a_licence_is_one_we_may_use(licence: str, *, allowed: bool) -> None:
    assert is_allowed(licence) is allowed


class Installed(Distribution):
    """A distribution of nothing but its metadata."""

    def __init__(self, metadata: str) -> None:
        self._metadata = metadata

    def read_text(self, filename: str) -> str | None:
        return self._metadata if filename == "METADATA" else None

    def locate_file(self, path: str | PathLike[str]) -> Any:
        raise FileNotFoundError(path)


@pytest.mark.parametrize(
    ("metadata", "complaint"),
    [
        pytest.param("License-Expression: MIT\nLicense: GPL", None, id="the expression decides"),
        pytest.param(
            "License: GPL\nClassifier: License :: OSI Approved :: ISC License", None, id="then classes"
        ),
        pytest.param("License: Apache 2.0\n  with text", None, id="then the field"),
        pytest.param("License: GPL-2.0", "it is under GPL-2.0", id="refused"),
        pytest.param("Version: 1", "it is under no stated licence", id="not stated"),
    ],
)
def test_licences_are_read_from_metadata(metadata: str, complaint: str | None) -> None:
    found = [finding.text for finding in licence_findings([Installed(f"Name: it\n{metadata}")], declared())]
    assert [text.partition(":")[0] for text in found] == ([complaint] if complaint else [])


def test_the_house_declares_what_it_imports() -> None:
    assert main() == 0


@pytest.mark.parametrize(
    ("entry", "is_refused"),
    [
        ({"license": "MIT"}, False),
        ({"license": "(MIT OR GPL-3.0)"}, False),
        ({"license": "AGPL-3.0-only"}, True),
        ({"license": "SEE LICENSE IN x"}, True),
        ({}, True),
        ({"link": True}, False),
    ],
)
def test_licences_of_the_front_end_are_read_from_its_lock(entry: dict[str, Any], is_refused: bool) -> None:
    lock = {"packages": {"": {}, "node_modules/@a/b": entry}}
    findings = list(npm_licence_findings(lock, declared()))
    assert bool(findings) is is_refused
    assert all("@a/b is under" in finding.text for finding in findings)
