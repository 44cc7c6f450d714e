"""What commands say about themselves: texts that `--help` shows in the language of the console."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Final

_COMMANDS: Final = frozenset({"command", "group"})
_OPTIONS: Final = frozenset({"option", "password_option", "confirmation_option"})


def help_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each paragraph: docstrings of click's commands, and the help of commands and options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(_is_command(one) for one in node.decorator_list):
            for paragraph in inspect.cleandoc(ast.get_docstring(node) or "").split("\n\n"):
                if paragraph:
                    yield node.lineno, " ".join(paragraph.split())
        elif isinstance(node, ast.Call) and _click_name(node.func) in _COMMANDS | _OPTIONS:
            for keyword in node.keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.lineno, " ".join(str(keyword.value.value).split())


def _is_command(decorator: ast.expr) -> bool:
    """A decorator of click, or of a group of commands, that gives no other help."""
    if not isinstance(decorator, ast.Call) or _click_name(decorator.func) not in _COMMANDS:
        return False
    return not any(keyword.arg == "help" for keyword in decorator.keywords)


def _click_name(function: ast.expr) -> str:
    """The name behind ``click.`` or behind a group, which is called ``…_command`` or ``congtam``."""
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return ""
    owner = function.value.id
    return function.attr if owner in {"click", "congtam"} or owner.endswith("_command") else ""
