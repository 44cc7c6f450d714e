"""Where one is in the guided form: pages are told apart between headings, and one never gets lost among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.forms.public import FormField, form_pages
from congtam.portal.filing.domain.positions import (
    FilingPosition,
    ordered_filing_positions,
    parse_position,
    position_at_offset,
)
from congtam.testing.doors.forms import ShownWhen


def form(*sections: tuple[str, int]) -> list[FormField]:
    return [
        FormField(name=f"{title.lower()}{number}", label="?", section=title)
        for title, count in sections
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("sections", "sizes"),
    [
        ((), [0]),
        ((("A", 12),), [12]),
        ((("A", 13),), [13]),
        ((("A", 6), ("B", 6)), [12]),
        ((("A", 6), ("B", 7)), [6, 7]),
        ((("A", 5), ("B", 5), ("C", 5), ("D", 30), ("E", 1)), [5, 10, 30, 1]),
        ((("A", 6), ("B", 6), ("C", 1)), [6, 7]),
        ((("A", 4), ("B", 4), ("C", 4), ("D", 4), ("E", 4), ("F", 5)), [8, 8, 9]),
    ],
)
def test_pages_break_between_headings(sections: tuple[tuple[str, int], ...], sizes: list[int]) -> None:
    fields = form(*sections)
    pages = form_pages(fields)
    assert [len(page) for page in pages] == sizes
    assert [name for page in pages for name in page] == [field.name for field in fields]


def test_what_may_not_be_asked_takes_half_the_room() -> None:
    whether = ShownWhen(field="a0", values=("yes",))
    fields = [*form(("A", 6)), *(replace(field, shown_when=whether) for field in form(("B", 12)))]
    assert [len(page) for page in form_pages(fields)] == [18]


@given(st.sets(st.integers(1, 9), min_size=1), st.integers(1, 9))
def test_one_goes_on_and_back_without_getting_lost(asked: set[int], page: int) -> None:
    way = ordered_filing_positions(sorted(asked))
    for here, after in pairwise(way):
        assert position_at_offset(way, here, 1) == after
        assert position_at_offset(way, after, -1) == here
        assert parse_position(here.slug, page_count=9) == here
    stranded = FilingPosition(way[2].step, page)
    assert position_at_offset(way, stranded, 1) in way
    assert position_at_offset(way, stranded, -1) in way
