"""Slots (vị trí mở rộng): what rooms above offer on a page of a room below, which does not know them.

The page's room declares the slot as a constant behind its door; a room above registers what it offers there when it
starts. What is offered is a value the page can render: a link, or the HTML of a card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from congtam.foundation.domain.roles import Actor

Subject = TypeVar("Subject")
Offer = TypeVar("Offer")


@dataclass(kw_only=True)
class Slot(Generic[Subject, Offer]):
    """One such opening, such as the links on the page of a unit.

    Whoever registers returns nothing for a subject or an actor it has nothing to show to: visibility is asked there.
    """

    name: str
    _offers: list[tuple[int, Callable[[Subject, Actor], Iterable[Offer]]]] = field(default_factory=list)

    def register(self, offer: Callable[[Subject, Actor], Iterable[Offer]], *, order: int = 100) -> None:
        """Add an offer; a lower order comes first, equal ones in the order of registration."""
        if (order, offer) not in self._offers:
            self._offers.append((order, offer))
            self._offers.sort(key=lambda entry: entry[0])

    def offers(self, subject: Subject, *, to: Actor) -> list[Offer]:
        """Everything offered for a subject to an actor, in order."""
        return [one for _, offer in self._offers for one in offer(subject, to)]


class LinkSlot:
    """The address of one page of a room above, which a page of this room links to where that room is installed.

    >>> prints = LinkSlot("example.prints")
    >>> prints.url("H-1")
    ''
    >>> prints.fill(lambda code: f"/prints/{code}/")
    >>> prints.url("H-1")
    '/prints/H-1/'
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._url: Callable[..., str] | None = None
        _links[name] = self

    def fill(self, url: Callable[..., str]) -> None:
        """Say where the page is; called by its room when that starts."""
        self._url = url

    def url(self, *parts: str) -> str:
        """The address; empty where no room has filled the slot."""
        return self._url(*parts) if self._url else ""


_links: Final[dict[str, LinkSlot]] = {}


def link_slot(name: str) -> LinkSlot:
    """The slot of a name, for templates; KeyError for a name no room has declared."""
    return _links[name]
