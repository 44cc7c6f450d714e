"""What is declared about one verb (thao tác): everything, in one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from congtam.foundation.domain.roles import Actor, Role
from congtam.kernel.errors import DomainError

S = TypeVar("S")
Obstacle = DomainError | type[DomainError] | None
"""What stands in the way: nothing, an error, or the kind of error which `Port.refusal` fills in."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Verb(Generic[S]):
    """One thing people do with one kind of subject (thao tác); S is the room's own value of a subject.

    Texts are msgids: whoever shows them translates them.
    """

    code: str
    """The name on the wire, in the ledger and in addresses."""
    name: str
    """The words on the button."""
    done: str
    """The words of the ledger, once it was done."""
    lead: str = ""
    """What it means, for the person about to do it."""
    icon: str = "arrow-right"
    style: str = ""
    transitions: Mapping[str, str]
    """The state it leads to, by the states in which it may be done."""
    roles: tuple[Role, ...]
    """Who may do it over the unit of the subject; the empty tuple is the program's own."""
    held_by: Callable[[S], bool] | None = None
    """Whether it is this actor's turn; None: whoever has the right may do it at any time."""
    also_reached: Callable[[str, Actor], S | None] | None = None
    """A second way to the subject for actors who do not see it, such as the counter that took it in."""
    needs_confirmation: bool = False
    """Whether the person must have confirmed by password or passkey within the last minutes."""
    is_automatic: bool = False
    """It follows from something else: nobody is offered it."""
    guards: tuple[Callable[[S], Obstacle], ...] = ()
    """Asked in their order, by `Machine.perform`, which refuses, and by `Machine.available`, which hides the button."""
    apply: Callable[..., Any]
    """The change, ``apply(change, **data)``, under the lock; returns what it made, or None for the subject itself."""
    body: type[Any] | None = None
    """What the API takes; None: nothing."""
    form: type[Any] | None = None
    """What the page asks; None: there is no page of its own."""
    creates: bool = False
    """Whether ``apply`` makes another subject, with which the API then answers."""
    notify: str | None = None
    """The key of the message to the person concerned; None: that person hears nothing of it."""
    due: Callable[[S], datetime | None] | None = None
    """Until when it must be done with a subject; None: there is no due date."""
    order: int = 0
    """Where its button stands among the others."""
    bulk: int | None = None
    """Where it stands among the choices for many subjects at once; None: one at a time."""

    def obstacle(self, subject: S) -> Obstacle:
        """The first thing that stands in the way, apart from state, right and turn."""
        return next((obstacle for guard in self.guards if (obstacle := guard(subject)) is not None), None)

    def is_turn_of_actor(self, subject: S) -> bool:
        """Whether the actor who met the subject may act on it now."""
        return self.held_by is None or self.held_by(subject)
