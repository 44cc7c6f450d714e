"""References resolved to a label and an address, by the room that owns the kind, for one reader.

A room that shows a thing of a room above it holds a `Ref` and asks here; it imports nothing from above. What the
reader may not see, what does not exist and what no installed room answers for all resolve to nothing, so that nobody
learns from a reference what they could not open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from congtam.foundation.domain.references import Ref, ReferenceInvalid
from congtam.foundation.domain.roles import Actor

__all__ = ["Ref", "ReferenceInvalid", "ReferenceKind", "Resolved", "register", "resolve", "resolve_many"]

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class ReferenceKind(Generic[Row]):
    """How a room resolves the codes of one kind of thing.

    ``visible`` reads, in one query at most, those of the codes that the actor may see, each with whatever label and
    address need. So no label is ever made of a row that did not pass the visibility filter.
    """

    kind: str
    visible: Callable[[Actor, Collection[str]], Mapping[str, Row]]
    label: Callable[[Row], str]
    url: Callable[[Row], str]


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """What a reader sees of a reference (tham chiếu đã mở): how it is called, and where its page is."""

    label: str
    url: str


KINDS: Final[dict[str, ReferenceKind[Any]]] = {}
"""What was registered, by kind."""


def register(kind: ReferenceKind[Any]) -> None:
    """Say how the references of a kind are resolved; called by the room that owns the kind, when it starts."""
    other = KINDS.setdefault(kind.kind, kind)
    if other != kind:
        raise ValueError(f"two rooms resolve references of the kind {kind.kind!r}")


def resolve(ref: Ref, *, to: Actor) -> Resolved | None:
    """The label and the address of one thing; None where the actor may not see it, or where it does not exist."""
    return resolve_many([ref], to=to).get(ref)


def resolve_many(refs: Iterable[Ref], *, to: Actor) -> dict[Ref, Resolved]:
    """Those of many references that the actor may see, with one query for each kind."""
    codes: dict[str, set[str]] = defaultdict(set)
    for ref in refs:
        codes[ref.kind].add(ref.code)
    resolved: dict[Ref, Resolved] = {}
    for kind in (KINDS[name] for name in codes.keys() & KINDS.keys()):
        for code, row in kind.visible(to, codes[kind.kind]).items():
            if code in codes[kind.kind]:
                resolved[Ref(kind.kind, code)] = Resolved(label=kind.label(row), url=kind.url(row))
    return resolved
