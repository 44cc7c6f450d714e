"""The verbs of a machine as a table for the docs; a test compares the page with it."""

from __future__ import annotations

from typing import Any

from congtam.foundation.lifecycle.machine import Machine
from congtam.foundation.lifecycle.verbs import Verb

_COLUMNS = ("verb", "code", "from → to", "who", "only in turn", "applicant hears", "many at once")
_HEAD = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}"


def verb_table(machine: Machine[Any, Any], *, stays: str = "(stays)") -> str:
    """The declarations in Markdown, one line a verb, in their order."""
    lines = [_HEAD]
    for verb in machine.verbs:
        roles = ", ".join(verb.roles) if verb.roles else "the program"
        cells = (
            verb.name,
            f"`{verb.code}`",
            _transitions_text(verb, stays),
            roles,
            _yes_or_empty(verb.held_by is not None),
            f"`{verb.notify}`" if verb.notify else "",
            _yes_or_empty(verb.bulk is not None),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _transitions_text(verb: Verb[Any], stays: str) -> str:
    """States that lead to the same state stand together."""
    sources: dict[str, list[str]] = {}
    for before, after in verb.transitions.items():
        sources.setdefault(stays if before == after else after, []).append(before)
    return "; ".join(f"{', '.join(before)} → {after}" for after, before in sources.items())


def _yes_or_empty(value: bool) -> str:  # noqa: FBT001 - one value of a cell
    return "yes" if value else ""
