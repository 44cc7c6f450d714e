"""One verb for many subjects (xử lý hàng loạt): each its own success or refusal, each its own line in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from congtam.foundation.lifecycle.errors import NotForMany
from congtam.foundation.lifecycle.verbs import Verb
from congtam.kernel.errors import DomainError

D = TypeVar("D")


@dataclass(frozen=True, kw_only=True)
class NotDone:
    """A subject with which it could not be done, and why."""

    key: str
    error: DomainError


@dataclass(frozen=True, kw_only=True)
class BatchOutcome(Generic[D]):
    """What became of each."""

    verb: Verb[Any]
    done: tuple[D, ...]
    refused: tuple[NotDone, ...]


def perform_each(keys: Iterable[str], perform: Callable[[str], D], *, verb: Verb[Any]) -> BatchOutcome[D]:
    """Do it with each key once, in their order, so that two of these wait for each other and never in a ring."""
    if verb.bulk is None:
        raise NotForMany(verb=verb.name)
    done: list[D] = []
    refused: list[NotDone] = []
    for key in sorted(set(keys)):
        try:
            with transaction.atomic():
                done.append(perform(key))
        except DomainError as error:
            refused.append(NotDone(key=key, error=error))
    return BatchOutcome(verb=verb, done=tuple(done), refused=tuple(refused))
