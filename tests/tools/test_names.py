"""Names of the private dialect are refused where a newcomer would search."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks.names import check

from tests.tools.house import build_house


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("dossiers/lists.py", "def rows_found(): ...\n", "the function rows_found"),
        ("dossiers/lists.py", "def rows(*, asked): ...\n", "the parameter asked"),
        ("dossiers/lists.py", "first = lambda known: known\n", "the parameter known"),
        ("dossiers/lists.py", "class RowsKept: ...\n", "the class RowsKept"),
        ("dossiers/sight.py", "\n", "the module sight"),
    ],
)
def test_a_private_name_is_reported(tmp_path: Path, *, name: str, text: str, complaint: str) -> None:
    (finding,) = check(build_house(tmp_path, {name: text}), {})
    assert finding.text.startswith(complaint)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dossiers/lists.py", "def foundation(knowledge): found = 1\n"),
        ("dossiers/lists.py", "class NotFound: ...\n"),
        ("dossiers/tests/test_lists.py", "def test_what_is_asked(): ...\n"),
        ("dossiers/migrations/0001_kept.py", "\n"),
    ],
)
def test_others_are_left_alone(tmp_path: Path, name: str, text: str) -> None:
    assert list(check(build_house(tmp_path, {name: text}), {"NotFound": "a term of HTTP"})) == []
