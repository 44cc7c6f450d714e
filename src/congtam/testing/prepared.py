"""Databases that hold what many tests begin with, entered once in a process instead of once in each test.

A fixture that enters the same rows for every test names the function that does it::

    @pytest.fixture
    @prepared(enter_small_tree)
    def small_tree(db: None) -> None: ...

Before a test opens its transaction, the process goes over to a database in which all such fixtures of the test have
been entered; the test sees their rows, and rolls back its own. Each function runs after those of the fixtures it
depends on, at `BEGINNING` or the instant it names; what it would do on commit is not done, as in a test.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import override_settings

from congtam.kernel.clock import FixedClock
from congtam.testing.doors.foundation import replace_clock
from congtam.testing.own_database import TEMPLATE, connected_to, copy_database, own_database, own_name

BEGINNING: Final = datetime(2025, 1, 1, 2, tzinfo=UTC)
"""Before anything that a test does, whether its clock stands still or not."""
FROZEN: Final = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Where the clock of the fixture `frozen_clock` stands."""
_FILL: Final = "congtam_fill"
_Fixture = TypeVar("_Fixture", bound=Callable[..., Any])


@dataclass(frozen=True)
class Fill:
    """What enters rows, and what its clock says."""

    enter: Callable[[], object]
    at: datetime

    def __str__(self) -> str:
        return f"{self.enter.__module__}.{self.enter.__qualname__} {self.at}"


def prepared(enter: Callable[[], object], *, at: datetime = BEGINNING) -> Callable[[_Fixture], _Fixture]:
    """Declare that what `enter` enters is in the database before the fixture is called."""

    def declare(fixture: _Fixture) -> _Fixture:
        setattr(fixture, _FILL, Fill(enter, at))
        return fixture

    return declare


def fills_of(item: pytest.Item) -> tuple[Fill, ...]:
    """What the fixtures of a test have declared, dependencies first; a fixture that is replaced counts for nothing.

    Tests that declare the same come to the same order, whatever their fixtures are called.
    """
    fixtures: Mapping[str, Sequence[Any]] = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined] # noqa: SLF001
    needs: dict[Fill, set[Fill]] = {}

    def visit(name: str) -> set[Fill]:
        found: set[Fill] = set()
        for fixture in fixtures.get(name, ())[-1:]:
            for needed in fixture.argnames:
                found |= visit(needed)
            fill = getattr(fixture.func, _FILL, None)
            if fill is not None:
                needs.setdefault(fill, set()).update(found)
                found = {*found, fill}
        return found

    for name in fixtures:
        visit(name)
    return _in_order(needs)


def _in_order(needs: Mapping[Fill, set[Fill]]) -> tuple[Fill, ...]:
    """Each after what it needs, and else by name."""
    ordered: list[Fill] = []
    while len(ordered) < len(needs):
        ready = (fill for fill in needs if fill not in ordered and needs[fill] <= set(ordered))
        ordered.append(min(ready, key=str))
    return tuple(ordered)


@dataclass
class _Prepared:
    """A database with its connection, which stays open from test to test."""

    name: str
    folder: Path
    wrapper: BaseDatabaseWrapper = field(default_factory=lambda: connections.create_connection("default"))


_ready: dict[tuple[Fill, ...], _Prepared] = {}


def use_prepared(fills: tuple[Fill, ...]) -> Path:
    """Go over to the database with these entered; returns the data folder that belongs to it, to be copied."""
    if fills not in _ready:
        _ready[fills] = _prepare(fills)
    _go_to(_ready[fills])
    return _ready[fills].folder


def _prepare(fills: tuple[Fill, ...]) -> _Prepared:
    name = _name_of(fills)
    made = _Prepared(name=name, folder=Path(os.environ["CONGTAM_DATA_DIR"]).parent / name)
    copy_database(name, template=TEMPLATE)
    _go_to(made)
    _enter_all(fills, made.folder)
    return made


def _name_of(fills: tuple[Fill, ...]) -> str:
    return own_name(hashlib.sha256(" ".join(map(str, fills)).encode()).hexdigest()[:12])


def _enter_all(fills: tuple[Fill, ...], folder: Path) -> None:
    with override_settings(CONGTAM_DATA_DIR=folder), transaction.atomic():
        for fill in fills:
            _enter(fill)
        connection.run_on_commit = []


_templates: set[str] = set()


@contextmanager
def own_prepared(
    *enter: Callable[[], object], suffix: str = "races", at: datetime = BEGINNING
) -> Iterator[None]:
    """Work on a database of the test's own (`own_database`) in which these have been entered, in this order.

    They are entered once in a process, into a database that is only copied.
    """
    fills = tuple(Fill(each, at) for each in enter)
    template = f"{_name_of(fills)}_template"
    if template not in _templates:
        copy_database(template, template=TEMPLATE)
        with connected_to(template):
            _enter_all(fills, Path(os.environ["CONGTAM_DATA_DIR"]).parent / template)
        _templates.add(template)
    with own_database(suffix, template=template):
        yield


def _enter(fill: Fill) -> None:
    previous = replace_clock(FixedClock(fill.at))
    try:
        fill.enter()
    finally:
        replace_clock(previous)


def _go_to(made: _Prepared) -> None:
    connection.settings_dict["NAME"] = made.name
    connections["default"] = made.wrapper


def copy_folder(prepared_folder: Path, folder: Path) -> None:
    """Give a test its own copy of the files that were written while its database was filled."""
    if prepared_folder.is_dir():
        shutil.copytree(prepared_folder, folder, dirs_exist_ok=True)
