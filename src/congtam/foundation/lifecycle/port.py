"""How the engine reaches the subjects of a room: what each room says about its own rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from congtam.foundation.audit import audit_statement
from congtam.foundation.domain.roles import Actor
from congtam.foundation.lifecycle.errors import ChangedMeanwhile, NotInState, NotYourTurn
from congtam.foundation.lifecycle.verbs import Verb
from congtam.foundation.outbox import outbox_statement
from congtam.foundation.statements import execute
from congtam.kernel.errors import DomainError, NotAllowed, NotFound


class LifecycleSubject(Protocol):
    """A row as one actor meets it at one moment, with whatever the guards of its verbs look at."""

    @property
    def actor(self) -> Actor:
        """Who looks at it."""
        ...


S = TypeVar("S", bound=LifecycleSubject)
C = TypeVar("C")


@dataclass(frozen=True, kw_only=True)
class ChangeNotice:
    """What the ledger and the outbox hold of a change; ``payload`` goes to other rooms and must name no person."""

    key: str
    unit_code: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    before: str | None = None
    after: str | None = None


def publish_change(notice: ChangeNotice, *, kind: str, topic: str, verb: str, actor: Actor) -> None:
    """Publish a change and append it to the ledger in one round trip, in the caller's transaction.

    The ledger's lock is held until the transaction ends: this comes last.
    """
    change = notice
    entry = audit_statement(
        actor,
        f"{kind}.{verb}",
        kind=kind,
        key=change.key,
        unit_code=change.unit_code,
        data=change.data,
        before=change.before,
        after=change.after,
    )
    execute(outbox_statement(topic, change.key, change.payload), entry)


class Port(ABC, Generic[S, C]):
    """The adapter of one kind of subject; S is a subject as it is met, C a change under way."""

    kind: ClassVar[str]
    """In the ledger: lines are of this kind, verbs are written ``kind.code``."""
    topic: ClassVar[str]
    """Of the outbox."""
    states: ClassVar[Mapping[str, str]]
    """What the states are called, as msgids."""

    @abstractmethod
    def find(self, key: str, *, actor: Actor) -> S | None:
        """The subject, through what the actor may see; None says no more than that."""

    @abstractmethod
    def may(self, subject: S, verb: Verb[S]) -> bool:
        """Whether the roles of the actor allow the verb over the unit of the subject."""

    @abstractmethod
    def lock(self, subject: S) -> S:
        """The same subject, its row locked until the transaction ends and read again."""

    @abstractmethod
    def version(self, subject: S) -> int:
        """How often it was changed."""

    @abstractmethod
    def state(self, subject: S) -> str:
        """Where in its life it is."""

    @abstractmethod
    def begin(self, subject: S, *, verb: Verb[S], state: str) -> C:
        """The change that ``apply`` gets; ``state`` is where the verb leads."""

    @abstractmethod
    def store(self, change: C) -> ChangeNotice:
        """Write the change with a version one higher, and return what is reported of it."""

    @abstractmethod
    def key(self, subject: S) -> str:
        """What people call it."""

    def not_found(self, key: str) -> DomainError:
        """The error of an actor who does not see the subject, or where there is none."""
        return NotFound(kind=self.kind, key=key)

    def forbidden_error(self, subject: S, verb: Verb[S]) -> DomainError:
        """The error of an actor whose roles do not allow the verb."""
        return NotAllowed(right=f"{self.kind}.{verb.code}", key=self.key(subject))

    def stale_error(self, subject: S) -> DomainError:
        """The error of somebody who saw another version."""
        return ChangedMeanwhile(key=self.key(subject))

    def not_in_state(self, subject: S, verb: Verb[S]) -> DomainError:
        """The error of a verb that the state does not allow."""
        state = self.state(subject)
        return NotInState(
            key=self.key(subject), state_name=self.states.get(state, state), verb_name=verb.name
        )

    def not_your_turn(self, subject: S) -> DomainError:
        """The error of an actor who is not the one to act."""
        return NotYourTurn(key=self.key(subject))

    def refusal(self, subject: S, kind: type[DomainError]) -> DomainError:
        """The error of a guard, with its data filled in."""
        return kind(key=self.key(subject))
