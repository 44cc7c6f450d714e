"""Where somebody is in the guided form (vị trí trong biểu mẫu): a step, and of a long form its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.portal.filing.domain.application import STEPS, Step


@dataclass(frozen=True)
class Position:
    """A page of the guided form; ``page`` counts the pages of the procedure's own form, from 1."""

    step: Step
    page: int = 1

    @property
    def slug(self) -> str:
        """As it stands in an address.

        >>> Position(Step.CONTENT, 2).slug
        'content-2'
        """
        return self.step.value if self.page == 1 else f"{self.step.value}-{self.page}"


def way_of(pages: Iterable[int]) -> tuple[Position, ...]:
    """All pages in their order; ``pages`` are those of the procedure's own form on which something is asked.

    >>> [position.slug for position in way_of([1, 3])][1:5]
    ['person', 'content', 'content-3', 'papers']
    """
    own = [Position(Step.CONTENT, page) for page in pages]
    found = (own if step is Step.CONTENT else [Position(step)] for step in STEPS)
    return tuple(position for positions in found for position in positions)


def position_of(slug: str, *, page_count: int) -> Position | None:
    """The page an address names; None where there is none such.

    >>> position_of("content-2", page_count=3), position_of("content-4", page_count=3)
    (Position(step=<Step.CONTENT: 'content'>, page=2), None)
    """
    for step in STEPS:
        pages = range(1, page_count + 1) if step is Step.CONTENT else (1,)
        for page in pages:
            if Position(step, page).slug == slug:
                return Position(step, page)
    return None


def neighbour(way: tuple[Position, ...], here: Position, by: int) -> Position:
    """The page so many further on; at the ends one stays.

    From a page that is asked no longer one goes on to the next that is.
    """
    order = (STEPS.index(here.step), here.page)
    if here in way:
        at = way.index(here) + by
    else:
        after = [place for place, each in enumerate(way) if (STEPS.index(each.step), each.page) > order]
        at = after[0] - (0 if by > 0 else 1)
    return way[min(max(at, 0), len(way) - 1)]
