"""The facts that contexts have declared in this process, and who wants to hear of a new data version."""

from __future__ import annotations

from collections.abc import Callable

from congtam.warehouse.domain.facts import Fact, FactMalformed, FactUnknown

_facts: dict[str, Fact] = {}
_listeners: list[Callable[[Fact, int], None]] = []


def add(fact: Fact) -> Fact:
    """Keep a declaration; the same one may come twice, another one under the same name is a bug."""
    declared = _facts.setdefault(fact.name, fact)
    if declared != fact:
        raise FactMalformed(f"fact {fact.name} is declared twice, differently")
    return fact


def remove(name: str) -> None:
    """Forget a declaration; for tests that declare their own."""
    _facts.pop(name, None)


def facts() -> tuple[Fact, ...]:
    """All declared facts, by name."""
    return tuple(_facts[name] for name in sorted(_facts))


def fact(name: str) -> Fact:
    """The fact of that name, or FactUnknown."""
    if name not in _facts:
        raise FactUnknown(name=name, known=", ".join(sorted(_facts)) or "none")
    return _facts[name]


def add_listener(listener: Callable[[Fact, int], None]) -> None:
    """Call the listener with the fact and its data version after each sync or rebuild, in the same transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


def notify_listeners(changed: Fact, version: int) -> None:
    """Call every listener."""
    for listener in _listeners:
        listener(changed, version)
