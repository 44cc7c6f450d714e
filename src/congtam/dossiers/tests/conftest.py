"""Fixtures of the dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from congtam.dossiers.tests import desk
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast, make_cast
from congtam.testing.own_database import own_database
from congtam.testing.units import enter_small_tree


@pytest.fixture
def races(frozen_clock: FixedClock, db: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast at a desk with a database of its own, where several connections may commit.

    A module that uses it replaces ``db`` by a fixture that opens no transaction.
    """
    with django_db_blocker.unblock(), own_database():
        enter_small_tree()
        desk.enter_procedures()
        yield make_cast()
