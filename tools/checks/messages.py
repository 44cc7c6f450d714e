"""Find every text a person may see: in Python by its syntax tree, in templates by Django's own lexer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from tools.checks.help_texts import help_texts


@dataclass(frozen=True, order=True)
class Message:
    """One msgid and where it stands."""

    path: str
    line: int
    msgid: str
    plural: str | None = None
    context: str | None = None


# Where the texts stand among a call's arguments: (context, msgid, plural).
_PLAIN, _COUNTED, _IN_CONTEXT, _BOTH = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
CALLS: Final[dict[str, tuple[int | None, int, int | None]]] = {
    "_": _PLAIN,
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "msgid": _PLAIN,
    "ngettext": _COUNTED,
    "ngettext_lazy": _COUNTED,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}
"""Functions whose literal arguments are texts; ``msgid`` marks them where no Django may be imported."""

ERROR_TEXTS: Final = frozenset({"message", "advice"})
"""Texts of errors: class attributes beside a ``code``, and keyword arguments beside a ``code`` (a Problem)."""


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
        return None  # wrapped already, found on its own
    return (
        node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else None
    )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def from_python(source: str, path: str) -> Iterator[Message]:
    """The texts of a Python module."""
    tree = ast.parse(source)
    yield from (Message(path, line, text) for line, text in help_texts(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(node, path)
        elif isinstance(node, ast.ClassDef):
            yield from _declared(node, path)


def _called(call: ast.Call, path: str) -> Iterator[Message]:
    name = _name(call.func)
    if name in CALLS:
        context, msgid, plural = (
            _text(call.args[place]) if place is not None and place < len(call.args) else None
            for place in CALLS[name]
        )
        if msgid:
            yield Message(path, call.lineno, msgid, plural, context)
        return
    given = {keyword.arg for keyword in call.keywords}
    wanted = {"kind"} if name == "NotFound" else ERROR_TEXTS if "code" in given else frozenset()
    for keyword in call.keywords:
        if keyword.arg in wanted and (text := _text(keyword.value)):
            yield Message(path, keyword.value.lineno, text)


def _declared(declared: ast.ClassDef, path: str) -> Iterator[Message]:
    values: dict[str, ast.expr | None] = {}
    for node in declared.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            values[node.target.id] = node.value
    if "code" in values:
        for name in ERROR_TEXTS & values.keys():
            value = values[name]
            if value is not None and (text := _text(value)):
                yield Message(path, value.lineno, text)


_QUOTED: Final = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_TRANSLATE: Final = re.compile(rf"(?:translate|trans)\s+{_QUOTED}")
_BLOCK: Final = re.compile(r"(?:blocktranslate|blocktrans)\b")
_BLOCK_END: Final = frozenset({"endblocktranslate", "endblocktrans"})
_CONTEXT: Final = re.compile(rf"\bcontext\s+{_QUOTED}")
_INLINE: Final = re.compile(rf"\b_\(\s*{_QUOTED}\s*\)")


def _line(token: Token) -> int:
    return token.lineno or 0


def _unquoted(match: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", match[1] if match[1] is not None else match[2])


def from_template(source: str, path: str) -> Iterator[Message]:
    """The texts of a Django template, with the msgids Django will look up."""
    block: list[Token] = []
    for token in _shown(Lexer(source).tokenize()):
        opened = bool(block)
        if token.token_type is TokenType.BLOCK and _BLOCK.match(token.contents):
            block = [token]
        elif opened and token.contents.strip() in _BLOCK_END:
            yield _blocked(block, path)
            block = []
        elif opened:
            block.append(token)
        if not opened and token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from _tagged(token, path)


def _shown(tokens: list[Token]) -> Iterator[Token]:
    """The tokens outside {% comment %} blocks."""
    hidden = False
    for token in tokens:
        name = token.contents.split(" ", 1)[0] if token.token_type is TokenType.BLOCK else ""
        hidden = (hidden or name == "comment") and name != "endcomment"
        if not hidden:
            yield token


def _tagged(token: Token, path: str) -> Iterator[Message]:
    context = _CONTEXT.search(token.contents)
    if match := _TRANSLATE.match(token.contents):
        yield Message(path, _line(token), _unquoted(match), None, _unquoted(context) if context else None)
    for match in _INLINE.finditer(token.contents):
        yield Message(path, _line(token), _unquoted(match))


def _blocked(tokens: list[Token], path: str) -> Message:
    """A blocktranslate: variables become %(name)s, a percent sign is doubled, as Django does on rendering."""
    opening = tokens[0]
    context = _CONTEXT.search(opening.contents)
    trimmed = " trimmed" in opening.contents
    parts = [""]
    for token in tokens[1:]:
        if token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            parts.append("")
        elif token.token_type is TokenType.VAR:
            parts[-1] += f"%({token.contents})s"
        elif token.token_type is TokenType.TEXT:
            parts[-1] += token.contents.replace("%", "%%")
    texts = [trim_whitespace(part) if trimmed else part for part in parts]
    return Message(
        path,
        _line(opening),
        texts[0],
        texts[1] if len(texts) > 1 else None,
        _unquoted(context) if context else None,
    )


def from_tree(root: Path) -> list[Message]:
    """Every text below a folder, tests and migrations left out, in a stable order."""
    found: list[Message] = []
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.suffix == ".py" and not {"tests", "migrations", "testing"} & set(path.parts):
            found += from_python(path.read_text(encoding="utf-8"), place)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found += from_template(path.read_text(encoding="utf-8"), place)
    return found
