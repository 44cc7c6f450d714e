"""What is too long is named, and what may be long is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks.sizes import growing, in_module, in_template, main


def function(name: str, lines: int, parameters: str = "") -> str:
    return f"def {name}({parameters}):\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("source", "path", "complaint"),
    [
        pytest.param(
            function("work", 51), "a/actions/work.py", "function work of 51 lines, at most 50", id="function"
        ),
        pytest.param(
            function("page", 21, "request"), "a/web/pages.py", "view page of 21 lines, at most 20", id="view"
        ),
        pytest.param(
            function("test_it", 41), "a/tests/test_it.py", "test test_it of 41 lines, at most 40", id="test"
        ),
        pytest.param(
            "x = 1\n" * 401, "a/b.py", "module of 401 lines, at most 400: turn it into a folder", id="module"
        ),
    ],
)
def test_what_is_too_long_is_named(source: str, path: str, complaint: str) -> None:
    assert [finding.text for finding in in_module(source, Path(path))] == [complaint]


@pytest.mark.parametrize(
    ("source", "path"),
    [
        pytest.param(function("work", 50), "a/actions/work.py", id="function at the limit"),
        pytest.param(function("page", 20, "request"), "a/web/pages.py", id="view at the limit"),
        pytest.param(function("middle", 30, "request"), "a/domain/x.py", id="a request outside web"),
        pytest.param(
            "@cases(\n" + "    1,\n" * 60 + ")\n" + function("test_it", 9),
            "a/tests/t.py",
            id="a table of cases",
        ),
    ],
)
def test_what_may_stay_is_left_alone(source: str, path: str) -> None:
    assert list(in_module(source, Path(path))) == []


def test_a_growing_module_is_a_warning_and_a_long_template_an_error() -> None:
    assert [finding.text for finding in growing("x = 1\n" * 301, Path("a.py"))] == [
        "module of 301 lines, aim at 300"
    ]
    assert list(growing("x = 1\n" * 300, Path("a.py"))) == []
    assert [finding.line for finding in in_template("<p>\n" * 151, Path("a.html"))] == [1]


def test_the_house_is_in_bounds() -> None:
    assert main() == 0
