"""A slot shows what the rooms above registered for it, in order, each asking for itself who may see it."""

from __future__ import annotations

from congtam.foundation.public import Actor, Grant, Role
from congtam.foundation.slots import Slot

CLERK = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="024"),))
OUTSIDER = Actor(username="outsider", name="Outsider")


def second(subject: str, _actor: Actor) -> list[str]:
    return [f"second {subject}"]


def first(subject: str, actor: Actor) -> list[str]:
    return [f"first {subject}", "and more"] if actor.grants else []


def test_offers_come_in_order_and_only_once() -> None:
    slot: Slot[str, str] = Slot(name="links")
    slot.register(second, order=2)
    slot.register(first, order=1)
    slot.register(second, order=2)
    assert slot.offers("024", to=CLERK) == ["first 024", "and more", "second 024"]
    assert slot.offers("024", to=OUTSIDER) == ["second 024"]


def test_a_slot_nobody_offers_anything_for_is_empty() -> None:
    assert Slot[str, str](name="links").offers("024", to=CLERK) == []
