"""Every fact of the product says who may see its rows, and what lists rows asks it."""

from __future__ import annotations

from pathlib import Path

import congtam
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.warehouse.public import facts

NOBODY = Actor(username="nobody", name="Nobody")
COUNTING = ("indicators/counting/", "warehouse/")


def test_without_a_role_no_row_of_any_fact_is_visible(db: None) -> None:
    assert {fact.name: fact.visible_sql(NOBODY).units for fact in facts()} == {
        fact.name: frozenset() for fact in facts()
    }


def test_a_clerk_sees_rows_of_the_own_unit_only(small_tree: None) -> None:
    clerk = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="00688"),))
    for fact in facts():
        row_filter = fact.visible_sql(clerk)
        assert row_filter.sees_all_of(frozenset({"00688"}))
        assert not row_filter.sees_all_of(frozenset({"00688", "00691"}))
        assert fact.visible_sql(console_actor()).is_everything


def test_unfiltered_rows_are_read_by_counting_only() -> None:
    house = Path(congtam.__file__).parent
    readers = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if "tests" not in path.parts and "relation_sql" in path.read_text(encoding="utf-8")
    }
    assert readers
    assert {reader for reader in readers if not reader.startswith(COUNTING)} == set()
