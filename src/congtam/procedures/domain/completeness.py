"""Whether a procedure is disclosed with all its parts (đủ bộ phận tạo thành), NĐ 63/2010 Điều 8.2 and metric 1.3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from congtam.procedures.domain.content import Content

REQUIRED: Final[Mapping[str, Callable[[Content], bool]]] = {
    "name": lambda content: bool(content.name),
    "steps": lambda content: bool(content.steps),
    "channels": lambda content: bool(content.channels or content.limits),
    "papers": lambda content: bool(content.papers),
    "limits": lambda content: any(row.limit.is_parsed or row.limit.raw_text for row in content.limits),
    "subjects": lambda content: bool(content.subjects),
    "executing_agency": lambda content: bool(content.executing_agency),
}
"""The parts every procedure must have; forms and results cannot be told by a machine, so they are not asked for."""


def missing_parts(content: Content) -> tuple[str, ...]:
    """The names of the parts that the law asks for and the content does not have."""
    return tuple(name for name, is_present in REQUIRED.items() if not is_present(content))
