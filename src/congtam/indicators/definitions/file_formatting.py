"""The expressions of a file in their usual form; everything else of the file stays as it is, comments too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from congtam.indicators.definitions.checking import read_checked
from congtam.indicators.language.formatting import format_expression

_FIELDS: Final = ("out_of", "counts", "value", "per")
LONGEST_LINE: Final = 110
_BREAKS: Final = re.compile(r" (?=(?:and|or|when|else|end)\b)")


def format_file(path: Path) -> str:
    """The text of a file with its expressions formatted, or InputRefused with what is wrong with it."""
    read_checked(path)
    text = path.read_text(encoding="utf-8")
    for key, node in reversed(list(_expression_nodes(text))):
        start, end = node.start_mark.index, node.end_mark.index
        raw = text[start:end]
        trailing = raw[len(raw.rstrip()) :]
        written = _scalar(format_expression(" ".join(node.value.split())), key.start_mark.column)
        text = text[:start] + written + trailing + text[end:]
    return text


def _expression_nodes(text: str) -> Iterator[tuple[yaml.Node, yaml.ScalarNode]]:
    """Keys and values of the fields that hold expressions, in the order of the text."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for entry in root.value if isinstance(root, yaml.SequenceNode) else ():
        for key, value in entry.value:
            if key.value in _FIELDS and isinstance(value, yaml.ScalarNode):
                yield key, value


def _scalar(expression: str, column: int) -> str:
    """A plain scalar where YAML reads it back as it is and the line is short; else a folded block."""
    if column + len(expression) <= LONGEST_LINE and _is_plain(expression):
        return expression
    indent = "\n" + " " * (column + 2)
    lines: list[str] = []
    for part in _BREAKS.split(expression):
        if lines and column + len(lines[-1]) + len(part) < LONGEST_LINE:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return f">-{indent}{indent.join(lines)}"


def _is_plain(expression: str) -> bool:
    try:
        loaded = yaml.safe_load(f"value: {expression}")["value"]
    except yaml.YAMLError:
        return False
    return loaded == expression or expression in ("true", "false")
