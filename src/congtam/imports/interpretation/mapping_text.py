"""Reading a mapping from YAML: every mistake at once, each with its line (đọc tệp ánh xạ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError

from congtam.imports.interpretation.mapping import Mapping
from congtam.kernel.errors import InputRefused, Problem
from congtam.kernel.input.shape_faults import shape_fault_text
from congtam.kernel.input.yaml_text import YamlRefused, parse_yaml, to_plain
from congtam.tabular.problems import problem

_LARGEST: Final = 256 * 1024
_MOST_FAULTS: Final = 100


def read_mapping(content: str, *, name: str | None = None) -> Mapping:
    """The mapping a YAML text describes; raises InputRefused with all that is wrong and where.

    ``name`` is the file the text comes from, told with its problems.
    """
    try:
        return _parse_mapping(content)
    except InputRefused as error:
        raise InputRefused([replace(fault, file=name) for fault in error.problems]) from None


def _parse_mapping(content: str) -> Mapping:
    node = _compose_yaml(content)
    twice = list(_repeated_keys(node, ()))
    if twice:
        raise InputRefused(twice)
    try:
        return Mapping.model_validate(to_plain(node))
    except ValidationError as error:
        faults = error.errors(include_url=False)[:_MOST_FAULTS]
        raise InputRefused([_to_problem(node, fault) for fault in faults]) from None


def _compose_yaml(content: str) -> yaml.Node:
    if len(content) > _LARGEST:
        raise InputRefused(
            [problem("mapping_broken", reason=_("longer than {count} characters").format(count=_LARGEST))]
        )
    try:
        node = parse_yaml(content)
    except YamlRefused as error:
        raise InputRefused(
            [problem("mapping_broken", row=error.line, reason=error.format_message(_))]
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise InputRefused([problem("mapping_broken", row=1, reason=_("keys and values expected"))])
    return node


def _repeated_keys(node: yaml.Node, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item, path)
    if not isinstance(node, yaml.MappingNode):
        return
    earlier_keys: set[str] = set()
    for key, value in node.value:
        if key.value in earlier_keys:
            where = ".".join((*path, key.value))
            yield problem("mapping_wrong", row=key.start_mark.line + 1, where=where, reason=_("given twice"))
        earlier_keys.add(key.value)
        yield from _repeated_keys(value, (*path, str(key.value)))


def _to_problem(node: yaml.Node, fault: Any) -> Problem:
    """A validation fault in words, at the line of the part it is about."""
    line, path = _locate_node(node, fault["loc"])
    where = ".".join(path) or "mapping"
    return problem("mapping_wrong", row=line, where=where, reason=shape_fault_text(fault, _))


def _locate_node(node: yaml.Node, location: Sequence[Any]) -> tuple[int, list[str]]:
    """Follow a location as far as the text goes; what validation wrapped around a plain value is not in it."""
    line, path = node.start_mark.line + 1, []
    for step in location:
        if isinstance(step, int):
            if isinstance(node, yaml.SequenceNode) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            continue
        path.append(str(step))
        child = _child_nodes(node, str(step))
        if child is None:
            continue
        key, node = child
        line = key.start_mark.line + 1
    return line, path


def _child_nodes(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((key, value) for key, value in node.value if key.value == name), None)
