"""What tests of other rooms use of warehouse beyond its door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from congtam.warehouse import registry
from congtam.warehouse.actions.sync import facts_lacking_columns, rebuild, sync
from congtam.warehouse.domain.facts import Fact

__all__ = [
    "declared_otherwise",
    "facts_lacking_columns",
    "rebuild",
    "sync",
]


@contextmanager
def declared_otherwise(name: str, **changes: Any) -> Iterator[Fact]:
    """A fact with some attributes of its declaration changed, such as who may see its rows."""
    declared = registry.fact(name)
    registry.remove(name)
    yield registry.add(replace(declared, **changes))
    registry.remove(name)
    registry.add(declared)
