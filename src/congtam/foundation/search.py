"""One search over all rooms (tìm kiếm chung): each room registers a source and asks visibility inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from congtam.foundation.domain.references import Ref
from congtam.foundation.domain.roles import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.texts import compact

SHORTEST: Final = 2
LONGEST: Final = 100
FEW: Final = 5
"""How many hits of a source the box shows."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing that was searched for (kết quả tìm kiếm)."""

    ref: Ref
    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """Where one kind of thing is searched (nguồn tìm kiếm).

    ``find(actor, text, limit)`` returns at most so many hits, best first, none that the actor may not open. The text
    comes composed, trimmed, with single spaces and 2 to 100 signs.
    """

    kind: str
    name: str | Promise
    icon: str
    find: Callable[[Actor, str, int], Sequence[Hit]]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Group:
    """The hits of one source, and whether it has more of them."""

    source: SearchSource
    hits: tuple[Hit, ...]
    has_more: bool


SOURCES: Final[dict[str, SearchSource]] = {}
"""What was registered, by kind."""


def register_source(source: SearchSource) -> None:
    """Add a source; called by its room when it starts."""
    other = SOURCES.setdefault(source.kind, source)
    if other != source:
        raise ValueError(f"two rooms search for {source.kind!r}")


def search(text: str, *, to: Actor, limit: int = FEW) -> list[Group]:
    """What an actor may see of what a text may mean, by source; nothing for a text of a single sign.

    Raises InputRefused for a text that is too long.
    """
    query = _clean_query(text)
    if len(query) < SHORTEST:
        return []
    groups = []
    for source in sorted(SOURCES.values(), key=lambda source: source.order):
        hits = tuple(source.find(to, query, limit + 1))
        if hits:
            groups.append(Group(source=source, hits=hits[:limit], has_more=len(hits) > limit))
    return groups


def _clean_query(text: str) -> str:
    """The text in one form, without signs that nobody sees, such as a zero byte or what copying brings along."""
    query = compact(text)
    if len(query) > LONGEST:
        message = msgid("Search text is limited to {longest} characters.")
        problem = Problem(code="search_too_long", message=message, data={"longest": LONGEST}, column="q")
        raise InputRefused([problem])
    return query
