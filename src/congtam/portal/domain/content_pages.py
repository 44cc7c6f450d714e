"""How a long form is told apart into pages (chia trang tờ khai)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, Protocol

MOST_ON_PAGE: Final = 12
"""Fields on a page; more are told apart between headings, never within one."""


class Asked(Protocol):
    """A field of a form, as far as pages go."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def section(self) -> str:
        """The heading it stands under."""

    @property
    def columns(self) -> Sequence[Any]:
        """The columns of a table."""


def pages_of(form: Sequence[Asked], *, most: int = MOST_ON_PAGE) -> tuple[tuple[str, ...], ...]:
    """The names of the fields on each page; a short form has one page, and there is always one.

    A table counts as many fields as it has columns.
    """
    pages: list[list[Asked]] = [[]]
    for _title, group in groupby(form, key=lambda field: field.section):
        part = list(group)
        if pages[-1] and _weight(pages[-1]) + _weight(part) > most:
            pages.append([])
        pages[-1] += part
    return tuple(tuple(field.name for field in page) for page in pages)


def _weight(part: Sequence[Asked]) -> int:
    return sum(max(1, len(field.columns)) for field in part)
