"""What every reader of a catalogue yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from congtam.kernel.errors import Problem
from congtam.procedures.domain.content import Content

COLUMN_CODE = "Mã số"


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One procedure as a source tells it, and where in the source."""

    code: str
    content: Content
    is_list: bool
    row: int


Read = Iterator[CatalogueEntry | Problem]


def problem(name: str, message: str, *, row: int, column: str, advice: str = "", **data: object) -> Problem:
    """A problem with one line of the source; the file is added by whoever knows it."""
    return Problem(
        code=f"procedures.{name}", message=message, row=row, column=column, advice=advice, data=data
    )
