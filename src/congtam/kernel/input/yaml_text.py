"""Reading YAML that strangers write (đọc tệp YAML): texts, lists and mappings, within limits of size and depth.

Every scalar stays the text that is written: YAML would make a truth of ``no`` and a date of ``2026-01-05``. The parser
of libyaml is used where PyYAML has it: the one in Python needs minutes for some thousand open brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.input.texts import has_direction_mark

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST: Final = 20
MOST_NODES: Final = 20_000


class YamlRefused(DomainError):
    """A text that is no YAML, or more than the plain part of it that is read (YAML không đọc được)."""

    code = "yaml_refused"
    message = msgid("it is not valid YAML: {reason}")

    def __init__(self, *, line: int | None, **data: object) -> None:
        super().__init__(**data)
        self.line = line


class YamlAlias(YamlRefused):
    """Aliases can blow a small text up without end."""

    message = msgid("aliases (*) are not allowed")


class YamlTooDeep(YamlRefused):
    """Lists and mappings inside each other beyond the limit."""

    message = msgid("more than {count} lists and mappings inside each other")


class YamlTooLong(YamlRefused):
    """More nodes than are read."""

    message = msgid("more than {count} keys and values")


class YamlKeyNotPlain(YamlRefused):
    """A key that is itself a list or a mapping."""

    message = msgid("a key must be a plain text, not a list or mapping")


class YamlReversed(YamlRefused):
    """A text with a mark that turns the direction of writing, so that a name looks like another one."""

    message = msgid("an invisible mark reverses the writing: type the text instead of pasting it")


def parse_yaml(text: str, *, deepest: int = DEEPEST, most_nodes: int = MOST_NODES) -> yaml.Node | None:
    """The root node; None for an empty text.

    Raises YamlRefused, with the line: for what is no YAML, for aliases, for keys that are not plain texts, for
    texts that a mark reverses, and for
    what is nested or long beyond the limits. The events are counted before a node is made, so that a refusal costs no
    more than reading up to it.
    """
    try:
        _check_events(text, deepest=deepest, most_nodes=most_nodes)
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        raise YamlRefused(line=_line_of(error.problem_mark), reason=str(error.problem)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlRefused(line=None, reason=" ".join(str(error).split())[:300]) from None
    for node in _walk(root):
        _require_plain_keys(node)
        if isinstance(node, yaml.ScalarNode) and has_direction_mark(str(node.value)):
            raise YamlReversed(line=_line_of(node.start_mark))
    return root


def to_plain(node: yaml.Node) -> Any:
    """The texts, lists and mappings a node stands for; of a repeated key the last value."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: to_plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [to_plain(item) for item in node.value]
    return node.value


def _check_events(text: str, *, deepest: int, most_nodes: int) -> None:
    depth = count = 0
    for event in yaml.parse(text, _LOADER):
        line = _line_of(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise YamlAlias(line=line)
        if isinstance(event, yaml.NodeEvent):
            count += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > deepest:
            raise YamlTooDeep(line=line, count=deepest)
        if count > most_nodes:
            raise YamlTooLong(line=line, count=most_nodes)


def _require_plain_keys(node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlKeyNotPlain(line=_line_of(key.start_mark))


def _walk(root: yaml.Node | None) -> Iterator[yaml.Node]:
    pending = [root] if root else []
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            pending.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)


def _line_of(mark: Any) -> int | None:
    return mark.line + 1 if mark is not None else None
