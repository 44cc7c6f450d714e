"""The formatter changes how an expression looks, and nothing else; and a definition in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from congtam.indicators.cli import indicators_command
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.definitions.file_formatting import format_file
from congtam.indicators.definitions.shipped import FOLDER, vocabulary
from congtam.indicators.language.expressions import problems
from congtam.indicators.language.formatting import format_expression
from congtam.indicators.language.parsing import parse
from congtam.indicators.tests.test_cli import GOOD
from congtam.indicators.tests.test_oracle import EXPRESSIONS, VOCABULARY
from congtam.warehouse.public import fact


def meaning(text: str) -> exp.Expr:
    """The tree without what does not matter: parentheses, and the plural of units of time."""
    tree = exp.paren(parse(text).copy())
    for node in list(tree.find_all(exp.Paren))[1:]:
        node.replace(node.this)
    for unit in tree.find_all(exp.Var):
        unit.set("this", unit.name.upper().removesuffix("S"))
    return tree


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(EXPRESSIONS, min_size=3, max_size=8))
def test_the_form_changes_and_the_meaning_does_not(texts: list[str]) -> None:
    for text in texts:
        if problems(text, VOCABULARY, wants=None):
            continue
        formatted = format_expression(text)
        assert meaning(formatted) == meaning(text), formatted
        assert format_expression(formatted) == formatted


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("NOT (a IS NULL) AND (b=1)", "a is not null and b = 1"),
        ("(a or b) and not(c and d)", "(a or b) and not (c and d)"),
        ("(a + b) * c - (d - e)", "(a + b) * c - (d - e)"),
        ("- (-a) > 1", "-(-a) > 1"),
        ("x NOT IN ('it''s', 'B')", "x not in ('it''s', 'B')"),
        (
            "due_at>cast('2025-01-01' as DATE)+interval '2' day",
            "due_at > date '2025-01-01' + interval '2 days'",
        ),
        ("(a = b) = c", "(a = b) = c"),
        ("DATE_DIFF('DAY',a,b)", "date_diff('day', a, b)"),
    ],
)
def test_the_usual_form(text: str, formatted: str) -> None:
    assert format_expression(text) == formatted


@pytest.mark.parametrize("name", ["dossiers.yaml", "steps.yaml", "filings.yaml", "due_dates.yaml"])
def test_a_file_keeps_its_meaning_and_comments(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(format_file(FOLDER / name), encoding="utf-8")
    before = (FOLDER / name).read_text(encoding="utf-8")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [
        line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ] == comments
    assert format_file(file) == file.read_text(encoding="utf-8")
    for one, other in zip(read_definitions(FOLDER / name), read_definitions(file), strict=True):
        for text, formatted in zip(one.expressions, other.expressions, strict=True):
            assert formatted == (format_expression(text) if text else "")
            assert not text or not problems(formatted, vocabulary(fact(one.fact)), wants=None)


def test_the_command_rewrites_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD.replace("channel = 'post'", "( channel='post')   # by post"), encoding="utf-8")
    assert CliRunner().invoke(indicators_command, ["format", str(file)]).exit_code == 0
    assert "counts: channel = 'post'   # by post\n" in file.read_text(encoding="utf-8")
