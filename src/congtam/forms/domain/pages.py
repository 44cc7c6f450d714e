"""Dividing a long form into pages (chia trang tờ khai)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from congtam.forms.domain.fields import FormField

MOST_ON_PAGE: Final = 12
"""Fields on a page; more are divided between headings, never within one."""


def form_pages(form: Sequence[FormField], *, maximum: int = MOST_ON_PAGE) -> tuple[tuple[str, ...], ...]:
    """The names of the fields on each page: as few pages as there need be, as even as the headings allow.

    There is always one. A table counts as many fields as it has columns, a field that may not be asked counts half.
    """
    parts = [list(group) for _title, group in groupby(form, key=lambda field: field.section)]
    weights = [sum(map(_field_weight, part)) for part in parts]
    breaks = (0, *_evenest_breaks(weights, _fewest_pages(weights, maximum=maximum)), len(parts))
    return tuple(
        tuple(field.name for part in parts[start:end] for field in part) for start, end in pairwise(breaks)
    )


def _field_weight(field: FormField) -> float:
    return max(1, len(field.columns)) / (2 if field.shown_when else 1)


def _fewest_pages(weights: Sequence[float], *, maximum: int) -> int:
    """How many pages there must be."""
    pages, on_page = 1, 0.0
    for weight in weights:
        if on_page and on_page + weight > maximum:
            pages, on_page = pages + 1, 0.0
        on_page += weight
    return pages


def _evenest_breaks(weights: Sequence[float], pages: int) -> tuple[int, ...]:
    """Where each page but the first begins, so that the squares of what the pages hold add up to the least.

    >>> _evenest_breaks([5, 5, 2, 1], 2)
    (1,)
    """
    upto = [sum(weights[:end]) for end in range(len(weights) + 1)]
    best: list[tuple[float, tuple[int, ...]]] = [(weight**2, ()) for weight in upto]
    for _page in range(pages - 1):
        best = [
            min(
                (best[start][0] + (upto[end] - upto[start]) ** 2, (*best[start][1], start))
                for start in range(end + 1)
            )
            for end in range(len(weights) + 1)
        ]
    return best[-1][1]
