"""The engine (bộ máy vòng đời): the verbs of one kind of subject, and the one way in which each is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db import transaction

from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.domain.roles import Actor
from congtam.foundation.lifecycle.bulk import BatchOutcome, perform_each
from congtam.foundation.lifecycle.port import LifecycleSubject, Port, publish_change
from congtam.foundation.lifecycle.verbs import Verb
from congtam.kernel.errors import DomainError

MACHINES: Final[dict[str, Machine[Any, Any]]] = {}
"""All machines by the kind of their subjects: so the ledger's verbs can be put into words."""
S = TypeVar("S", bound=LifecycleSubject)
C = TypeVar("C")


@dataclass(frozen=True, kw_only=True)
class Done(Generic[S, C]):
    """What came of a verb."""

    verb: Verb[S]
    change: C
    made: Any = None
    """What ``apply`` made, such as a new subject; None: only the subject itself changed."""


@dataclass(frozen=True, kw_only=True)
class Due(Generic[S]):
    """A verb that waits to be done with a subject (việc đến hạn)."""

    verb: Verb[S]
    due_at: datetime
    is_late: bool


class Machine(Generic[S, C]):
    """All verbs of one kind of subject, in the order in which they are documented, and the port to its rows."""

    def __init__(self, port: Port[S, C], verbs: Iterable[Verb[S]]) -> None:
        self.port, self.verbs = port, tuple(verbs)
        self._by_code = {verb.code: verb for verb in self.verbs}
        MACHINES[port.kind] = self
        if len(self._by_code) != len(self.verbs):
            raise ValueError("Two verbs have the same code.")

    def find_verb(self, code: str) -> Verb[S] | None:
        """The verb of this code."""
        return self._by_code.get(code)

    def perform(
        self,
        key: str,
        verb: Verb[S],
        *,
        actor: Actor,
        version: int | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Done[S, C]:
        """Do one thing with one subject, in one transaction.

        In this order: the subject is found through what the actor may see; the right; the confirmation, where the
        verb asks for one; the lock; the version the person saw; state; turn; guards; the change; version, ledger
        and outbox. The first that fails raises its
        DomainError, and nothing was done.
        """
        with transaction.atomic():
            return self._perform_locked(self.reach(key, verb, actor=actor), verb, version=version, data=data)

    def perform_on(self, subject: S, verb: Verb[S], *, data: Mapping[str, Any] | None = None) -> Done[S, C]:
        """The same with a subject the caller found, who answers for visibility and right."""
        with transaction.atomic():
            return self._perform_locked(subject, verb, version=None, data=data)

    def reach(self, key: str, verb: Verb[S], *, actor: Actor) -> S:
        """The subject, for an actor who sees it and may do this; raises NotFound and NotAllowed."""
        subject = self.port.find(key, actor=actor)
        if subject is None and verb.also_reached is not None:
            subject = verb.also_reached(key, actor)
        if subject is None:
            raise self.port.not_found(key)
        if not self.port.may(subject, verb):
            raise self.port.forbidden_error(subject, verb)
        return subject

    def next_state(self, subject: S, verb: Verb[S]) -> str:
        """Where the verb leads; raises the port's error where the state does not allow it."""
        state = verb.transitions.get(self.port.state(subject))
        if state is None:
            raise self.port.not_in_state(subject, verb)
        return state

    def perform_many(
        self,
        keys: Iterable[str],
        verb: Verb[S],
        *,
        actor: Actor,
        versions: Mapping[str, int] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> BatchOutcome[Done[S, C]]:
        """The same with many subjects, each done or refused by itself; raises NotForMany where it is no bulk verb.

        The confirmation is asked once, before the first.
        """
        if verb.needs_confirmation:
            require_confirmation(actor)

        def one(key: str) -> Done[S, C]:
            return self.perform(key, verb, actor=actor, version=(versions or {}).get(key), data=data)

        return perform_each(keys, one, verb=verb)

    def possible(self, subject: S) -> list[Verb[S]]:
        """What the state and the guards allow, whoever asks."""
        return [verb for verb in self._verbs_in_state(subject) if verb.obstacle(subject) is None]

    def available(self, subject: S) -> list[Verb[S]]:
        """What the actor who met the subject may do with it now."""
        return [
            verb
            for verb in self._verbs_in_state(subject)
            if not verb.is_automatic
            and self.port.may(subject, verb)
            and verb.is_turn_of_actor(subject)
            and verb.obstacle(subject) is None
        ]

    def due(self, subject: S, *, now: datetime) -> list[Due[S]]:
        """What waits to be done with a subject until a date, whoever must do it; the soonest first."""
        dates = [(verb, verb.due(subject)) for verb in self._verbs_in_state(subject) if verb.due is not None]
        waiting = [Due(verb=verb, due_at=at, is_late=now > at) for verb, at in dates if at is not None]
        return sorted(waiting, key=lambda due: due.due_at)

    def buttons(self, subject: S) -> list[Verb[S]]:
        """What is available and has a form, in the order of the buttons."""
        offered = [verb for verb in self.available(subject) if verb.form is not None]
        return sorted(offered, key=lambda verb: verb.order)

    def bulk_verbs(self) -> list[Verb[S]]:
        """What may be done with many at once, in the order of the choices."""
        chosen = [(verb.bulk, verb) for verb in self.verbs if verb.bulk is not None]
        return [verb for _position, verb in sorted(chosen, key=lambda pair: pair[0])]

    def _perform_locked(
        self, subject: S, verb: Verb[S], *, version: int | None, data: Mapping[str, Any] | None
    ) -> Done[S, C]:
        if verb.needs_confirmation:
            require_confirmation(subject.actor)
        port = self.port
        change = self._check_and_begin(port.lock(subject), verb, version=version)
        made = verb.apply(change, **(data or {}))
        announcement = port.store(change)
        publish_change(announcement, kind=port.kind, topic=port.topic, verb=verb.code, actor=subject.actor)
        return Done(verb=verb, change=change, made=made)

    def _check_and_begin(self, subject: S, verb: Verb[S], *, version: int | None) -> C:
        port = self.port
        if version is not None and port.version(subject) != version:
            raise port.stale_error(subject)
        state = self.next_state(subject, verb)
        if not verb.is_turn_of_actor(subject):
            raise port.not_your_turn(subject)
        if (obstacle := verb.obstacle(subject)) is not None:
            raise obstacle if isinstance(obstacle, DomainError) else port.refusal(subject, obstacle)
        return port.begin(subject, verb=verb, state=state)

    def _verbs_in_state(self, subject: S) -> list[Verb[S]]:
        state = self.port.state(subject)
        return [verb for verb in self.verbs if state in verb.transitions]


def done_text(kind: str, code: str) -> str | None:
    """The words of the ledger for a verb, as a msgid; None where no machine knows it."""
    verb = MACHINES[kind].find_verb(code) if kind in MACHINES else None
    return verb.done if verb is not None else None
