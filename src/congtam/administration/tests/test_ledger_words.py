"""Every verb that the program records has words in both languages, and so has what the line is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import congtam
from congtam.administration.ledger.wording import kind_text, verb_text

PACKAGE = Path(congtam.__file__).parent
OUTSIDE = {"tests", "testing", "migrations"}


def calls() -> Iterator[ast.Call]:
    """The calls of the package that write a line of the ledger."""
    for path in PACKAGE.rglob("*.py"):
        if OUTSIDE & set(path.relative_to(PACKAGE).parts):
            continue
        text = path.read_text(encoding="utf-8")
        if "record(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"record", "_audit"}:
                yield node


def recorded() -> set[tuple[str, str]]:
    """Verbs written out in a call, with the kind where it is written out too."""
    lines = set()
    for call in calls():
        verbs = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and "." in str(arg.value)]
        kinds = [
            key.value.value
            for key in call.keywords
            if key.arg == "kind" and isinstance(key.value, ast.Constant)
        ]
        lines |= {(str(verb), str(kinds[0]) if kinds else "") for verb in verbs}
    return lines


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_of_the_ledger_shows_a_code(language: str) -> None:
    lines = recorded()
    assert len(lines) > 40
    with translation.override(language):
        assert sorted(verb for verb, _kind in lines if verb_text(verb) == verb) == []
        assert sorted({kind for _verb, kind in lines if kind and kind_text(kind) == kind}) == []


def test_the_words_are_vietnamese() -> None:
    with translation.override("vi"):
        assert verb_text("dossiers.exported") == "Đã xuất danh sách hồ sơ"
        assert kind_text("inspection_pack") == "Cuộc kiểm tra"
    assert verb_text("of.a.later.version") == "of.a.later.version"
