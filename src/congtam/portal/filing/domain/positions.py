"""Where somebody is in the guided form (vị trí trong biểu mẫu): a step, and of a long form its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.portal.filing.domain.application import STEPS, FilingStep


@dataclass(frozen=True)
class FilingPosition:
    """A page of the guided form; ``page`` counts the pages of the procedure's own form, from 1."""

    step: FilingStep
    page: int = 1

    @property
    def slug(self) -> str:
        """As it stands in an address.

        >>> FilingPosition(FilingStep.CONTENT, 2).slug
        'content-2'
        """
        return self.step.value if self.page == 1 else f"{self.step.value}-{self.page}"


def ordered_filing_positions(pages: Iterable[int]) -> tuple[FilingPosition, ...]:
    """All pages in their order; ``pages`` are those of the procedure's own form on which something is asked.

    >>> [position.slug for position in ordered_filing_positions([1, 3])][1:5]
    ['person', 'content', 'content-3', 'papers']
    """
    own = [FilingPosition(FilingStep.CONTENT, page) for page in pages]
    by_step = (own if step is FilingStep.CONTENT else [FilingPosition(step)] for step in STEPS)
    return tuple(position for positions in by_step for position in positions)


def parse_position(slug: str, *, page_count: int) -> FilingPosition | None:
    """The page an address names; None where there is none such.

    >>> parse_position("content-2", page_count=3), parse_position("content-4", page_count=3)
    (FilingPosition(step=<FilingStep.CONTENT: 'content'>, page=2), None)
    """
    for step in STEPS:
        pages = range(1, page_count + 1) if step is FilingStep.CONTENT else (1,)
        for page in pages:
            if FilingPosition(step, page).slug == slug:
                return FilingPosition(step, page)
    return None


def position_at_offset(
    route: tuple[FilingPosition, ...], here: FilingPosition, offset: int
) -> FilingPosition:
    """The page so many further on; at the ends one stays.

    From a page that is asked no longer one goes on to the next that is.
    """
    order = (STEPS.index(here.step), here.page)
    if here in route:
        index = route.index(here) + offset
    else:
        after = [number for number, each in enumerate(route) if (STEPS.index(each.step), each.page) > order]
        index = after[0] - (0 if offset > 0 else 1)
    return route[min(max(index, 0), len(route) - 1)]
