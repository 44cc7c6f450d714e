"""Modules never import each other in a ring."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from tools.checks.acyclic_contract import find_rings

CONFIG = """
[importlinter]
root_package = ringed
contract_types =
    acyclic: tools.checks.acyclic_contract.AcyclicContract

[importlinter:contract:acyclic]
name = acyclic
type = acyclic
ignored =
    tests
"""
LATER = "def later():\n    from ringed import a"
TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ringed import a"


@pytest.mark.parametrize(
    ("modules", "kept"),
    [
        pytest.param({"a": "from ringed import b, c", "b": "from ringed import c", "c": ""}, True, id="none"),
        pytest.param({"a": "from ringed import b", "b": "from ringed import a"}, False, id="a pair"),
        pytest.param(
            {"a": "from ringed import b", "b": "from ringed import c", "c": "from ringed import a"},
            False,
            id="a ring of three",
        ),
        pytest.param({"a": "from ringed import b", "b": LATER}, False, id="in a function"),
        pytest.param({"a": "from ringed import b", "b": TYPES}, False, id="for types only"),
        pytest.param(
            {"a": "from ringed.tests import b", "tests/b": "from ringed import a"}, True, id="by a test"
        ),
    ],
)
def test_a_ring_breaks_the_contract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, modules: dict[str, str], kept: bool
) -> None:
    package = tmp_path / "ringed"
    (package / "tests").mkdir(parents=True)
    for module in ("__init__", "tests/__init__"):
        (package / f"{module}.py").touch()
    for module, text in modules.items():
        (package / f"{module}.py").write_text(text)
    (tmp_path / ".importlinter").write_text(CONFIG)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "ringed"]:
        monkeypatch.delitem(sys.modules, name)
    assert (lint_imports(no_cache=True) == 0) is kept


def test_each_ring_is_named_once() -> None:
    rings = list(find_rings({"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}}))
    assert sorted(rings) == [("a", "b", "a"), ("c", "d", "c")]
