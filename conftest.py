"""Fixtures every test may use: the cast, signed-in clients, a small tree of units, a fixed clock, real records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from congtam.dossiers.public import StoreCounts
from congtam.foundation.public import console_actor
from congtam.foundation.time import replace_clock, set_domain_clock
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast, find_cast, make_cast
from congtam.testing.loaded_demonstration import own_demonstration
from congtam.testing.notes_of_a_test import notes_read_once
from congtam.testing.prepared import FROZEN, fills_of, own_prepared, prepared, use_prepared
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar

REAL_DATA = Path(os.environ.get("CONGTAM_REAL_DATA", Path(__file__).parent.parent / "shared" / "data"))


@pytest.fixture
def real_data() -> Path:
    """The folder of real records; the test is skipped, with the reason, where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"real records are not present at {REAL_DATA}; set CONGTAM_REAL_DATA")
    return REAL_DATA


@pytest.fixture
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """In place of pytest-django's, for each test: nothing is migrated, the test's fixtures are entered already.

    Gives the data folder that was filled with them.
    """
    with django_db_blocker.unblock():
        folder = use_prepared(fills_of(request.node))
    with notes_read_once(request.node):
        yield folder


@pytest.fixture
@prepared(make_cast)
def cast(db: None) -> Cast:
    """One account per role."""
    return find_cast()


@pytest.fixture
def client_for() -> Callable[[object], Client]:
    """A test client signed in as an account."""

    def sign_in(account: object) -> Client:
        client = Client()
        client.force_login(account)  # type: ignore[arg-type]
        return client

    return sign_in


@pytest.fixture(autouse=True)
def offices_in_real_time() -> Iterator[None]:
    """No test leaves the clock of a demonstration to the next one."""
    yield
    set_domain_clock(None)


@pytest.fixture
def frozen_clock() -> Iterator[FixedClock]:
    """The installation's clock stands at 2 March 2026, 09:00 in Hà Giang."""
    fixed = FixedClock(FROZEN)
    previous = replace_clock(fixed)
    yield fixed
    replace_clock(previous)


@pytest.fixture
def warehouse_dir(tmp_path: Path, settings: object) -> Path:
    """A data folder of the test's own."""
    settings.CONGTAM_DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]
    return tmp_path / "data"


@pytest.fixture
@prepared(enter_small_tree)
def small_tree(db: None) -> None:
    """A province 02 with a city 024 (two wards) and a district 026 (one commune), and an agency H22.09."""


def enter_calendar() -> None:
    """Enter the days off that the product brings along."""
    seed_calendar(console_actor())


@pytest.fixture
@prepared(enter_calendar)
def seeded_calendar(db: None) -> None:
    """The days off that the product brings along."""


@pytest.fixture
def demonstration(django_db_blocker: DjangoDbBlocker, warehouse_dir: Path) -> Iterator[StoreCounts]:
    """The demonstration province in a database and a data folder of the test's own; in place of `db`.

    Gives what was stored when it was loaded.
    """
    with django_db_blocker.unblock(), own_demonstration(warehouse_dir) as counts:
        yield counts


@pytest.fixture
def racing(django_db_blocker: object) -> Iterator[Cast]:
    """A database of the test's own with the cast and the small tree, in which threads commit; in place of `db`."""
    with django_db_blocker.unblock(), own_prepared(enter_small_tree, make_cast):  # type: ignore[attr-defined]
        yield find_cast()
