"""Where in a YAML file a field stands, and a place of the text it holds (vị trí trong tệp)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from congtam.kernel.errors import Problem

_BLOCK_STYLES = ("|", ">")


@dataclass(frozen=True)
class Places:
    """The lines and columns of a file, both from 1."""

    text: str
    root: yaml.Node | None

    @classmethod
    def of_file(cls, path: Path) -> Places:
        """Of a file that is valid YAML."""
        text = path.read_text(encoding="utf-8")
        return cls(text, yaml.compose(text, Loader=yaml.SafeLoader))

    def of_field(self, field: Sequence[str | int]) -> tuple[int, int]:
        """Where a field stands, or the nearest that holds it."""
        node = self._nearest(field)
        return (1, 1) if node is None else (node.start_mark.line + 1, node.start_mark.column + 1)

    def of_expression(self, field: Sequence[str | int], column: int) -> tuple[int, int]:
        """Where a place of an expression stands that was read with single spaces: by the signs before it."""
        node = self._nearest(field)
        if not isinstance(node, yaml.ScalarNode):
            return self.of_field(field)
        signs = len("".join(node.value.split()))
        before = len("".join(" ".join(node.value.split())[: column - 1].split()))
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in _BLOCK_STYLES:
            start = self.text.index("\n", start) + 1
        elif node.style:
            start += 1
        visible = (index for index in range(start, end) if not self.text[index].isspace())
        found = next(
            (index for number, index in enumerate(visible) if number == min(before, signs - 1)), start
        )
        return self.text.count("\n", 0, found) + 1, found - self.text.rfind("\n", 0, found)

    def locate(self, problem: Problem, field: Sequence[str | int]) -> Problem:
        """A problem of an expression with its place in the file."""
        line, column = self.of_expression(field, int(problem.column or 1))
        return Problem(
            code=problem.code, message=problem.message, data=problem.data, advice=problem.advice, row=line,
            column=str(column), severity=problem.severity,
        )  # fmt: skip

    def _nearest(self, field: Sequence[str | int]) -> yaml.Node | None:
        node = self.root
        for step in field:
            following = _child(node, step)
            if following is None:
                return node
            node = following
        return node


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None
