"""An electronic form in YAML: a list ``fields``, each with the keys of a field, columns within their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from django.utils.translation import gettext

from congtam.forms.domain.flattening import KEYS
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.unreadable_files import FileNotUtf8, FileUnreadable
from congtam.kernel.input.yaml_text import YamlRefused, parse_yaml
from congtam.kernel.vietnamese import nfc

_LARGEST: Final = 1 << 20
_KEYS: Final = frozenset({*KEYS, "columns"})


@dataclass
class YamlField:
    """One field as texts, the line it begins in, and its columns."""

    values: dict[str, str]
    line: int
    columns: list[YamlField] = field(default_factory=list)


def read_yaml(content: bytes, name: str) -> tuple[list[YamlField], list[Problem]]:
    """The fields of a file and what is wrong with them, by line. Raises FileUnreadable for what is no YAML."""
    reading = _Reading(name)
    root = _parse_root(content, name)
    fields = next((value for key, value in _mapping_pairs(root) if key == "fields"), None)
    if not isinstance(fields, yaml.SequenceNode):
        raise FileUnreadable(file=name, reason="fields: [...]")
    return reading.fields(fields), reading.problems


def _parse_root(content: bytes, name: str) -> yaml.Node | None:
    if len(content) > _LARGEST:
        raise FileUnreadable(file=name, reason=f"> {_LARGEST >> 20} MiB")
    try:
        text = nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileNotUtf8(file=name, byte=error.start) from None
    try:
        return parse_yaml(text)
    except YamlRefused as error:
        reason = error.format_message(gettext)
        if error.line:
            reason = gettext("line {line}: {reason}").format(line=error.line, reason=reason)
        raise FileUnreadable(file=name, reason=reason) from None


def _mapping_pairs(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(str(key.value), value) for key, value in node.value]


@dataclass
class _Reading:
    file: str
    problems: list[Problem] = field(default_factory=list)

    def fields(self, nodes: yaml.SequenceNode) -> list[YamlField]:
        yaml_fields = []
        for node in nodes.value:
            if isinstance(node, yaml.MappingNode):
                yaml_fields.append(self._read_field(node))
            else:
                self._add_problem(node, "", msgid("Write a field as “key: value” lines."))
        return yaml_fields

    def _read_field(self, node: yaml.MappingNode) -> YamlField:
        made = YamlField({}, node.start_mark.line + 1)
        for key, value in _mapping_pairs(node):
            if key not in _KEYS:
                self._add_problem(value, key, msgid("“{text}” is not a property of a field."), text=key)
            elif key == "columns":
                if isinstance(value, yaml.SequenceNode):
                    made.columns = self.fields(value)
                else:
                    self._add_problem(value, key, _NO_TEXT)
            else:
                made.values[key] = self._read_text(key, value)
        return made

    def _read_text(self, key: str, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if key == "options":
            return "\n".join(self._option_text(each) for each in node.value)
        condition = dict(_mapping_pairs(node)) if key == "shown_when" else {}
        control, values = condition.get("field"), condition.get("values")
        if isinstance(control, yaml.ScalarNode) and values is not None:
            listed = values.value if isinstance(values, yaml.SequenceNode) else [values]
            return f"{control.value} = {' | '.join(self._plain(each, key) for each in listed)}"
        self._add_problem(node, key, _NO_TEXT)
        return ""

    def _option_text(self, node: Any) -> str:
        """Of a list a text, of a mapping the value and its label."""
        if isinstance(node, tuple):
            return " | ".join(self._plain(each, "options") for each in node)
        option = dict(_mapping_pairs(node))
        if {"value", "label"} <= set(option):
            return " | ".join(self._plain(option[key], "options") for key in ("value", "label"))
        return self._plain(node, "options")

    def _plain(self, node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._add_problem(node, key, _NO_TEXT)
        return ""

    def _add_problem(self, node: yaml.Node, key: str, message: str, **data: object) -> None:
        self.problems.append(
            Problem(
                code="forms.yaml",
                message=message,
                data=data,
                file=self.file,
                row=node.start_mark.line + 1,
                column=key or None,
            )
        )


_NO_TEXT: Final = msgid("This value is not in the format the property requires.")
