"""The page on law names modules and tests: each of them is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[4]
PAGE: Final = ROOT / "docs" / "law.md"
NAMED: Final = re.compile(r"`([^`]+)`")


def rows() -> list[list[str]]:
    """The cells of every row of a table, heads left out."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells for cells in found if cells[-1] != "test" and not set(cells[0]) <= {"-"}]


@cache
def names_of_tests() -> frozenset[str]:
    """The names of all tests of the program."""
    files = [*(ROOT / "src").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    return frozenset(
        name
        for file in files
        for name in re.findall(r"^ *def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_every_rule_names_a_test_that_exists() -> None:
    named = {cells[0]: NAMED.findall(cells[-1]) for cells in rows()}
    assert len(named) > 60
    assert [rule for rule, found in named.items() if not found] == []
    assert {name for found in named.values() for name in found} - names_of_tests() == set()


def test_every_rule_names_a_module_that_exists() -> None:
    places = {place for cells in rows() if len(cells) == 4 for place in NAMED.findall(cells[2])}
    assert places
    assert {place for place in places if not (ROOT / "src" / "congtam" / place).exists()} == set()
