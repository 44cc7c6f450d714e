"""What fixtures have declared is entered once and is there in each test, whatever other tests did to it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from congtam.foundation.public import Account, clock, installation_notes
from congtam.testing.doors.foundation import InstallationNote
from congtam.testing.prepared import BEGINNING, own_prepared, prepared

DAY_AFTER = BEGINNING + timedelta(days=1)
ENTERED: list[tuple[str, datetime]] = []
COMMITTED: list[str] = []
DATABASES: list[str] = []


def enter_first() -> None:
    ENTERED.append(("first", clock().now()))
    Account.objects.create(username="first")
    transaction.on_commit(lambda: COMMITTED.append("first"))


def enter_second() -> None:
    ENTERED.append(("second", clock().now()))
    Account.objects.create(username="second", name=Account.objects.get().username)


def enter_third() -> None:
    Account.objects.create(username="third")


def enter_fourth() -> None:
    Account.objects.create(username="fourth")


@pytest.fixture
@prepared(enter_first)
def one(db: None) -> None: ...


@pytest.fixture
@prepared(enter_second, at=DAY_AFTER)
def a_second(one: None) -> Account:
    return Account.objects.get(username="second")


@pytest.fixture
@prepared(enter_fourth)
def a_fourth(db: None) -> None: ...


@pytest.fixture
@prepared(enter_fourth)
def zz_fourth(db: None) -> None: ...


@pytest.fixture
@prepared(enter_third)
def a_third(db: None) -> None: ...


@pytest.fixture
@prepared(enter_third)
def zz_third(db: None) -> None: ...


@pytest.fixture
def cast(db: None) -> str:
    """Replaces the cast that all tests have; nobody is entered for it."""
    return "nobody"


@pytest.mark.parametrize("time", ["once", "again"])
def test_each_test_finds_it_though_it_was_entered_once(a_second: Account, time: str) -> None:
    assert a_second.name == "first"
    assert ENTERED.count(("first", BEGINNING)) <= 2
    assert ENTERED.count(("second", DAY_AFTER)) == 1
    assert COMMITTED == []
    assert Account.objects.count() == 2
    Account.objects.all().delete()


def test_a_test_with_fewer_fixtures_finds_less(one: None) -> None:
    assert list(Account.objects.values_list("username", flat=True)) == ["first"]


def test_fixtures_of_other_names_share_a_database(a_third: None, zz_fourth: None) -> None:
    DATABASES.append(connection.settings_dict["NAME"])
    assert len(set(DATABASES)) == 1


def test_fixtures_of_other_names_share_it_again(zz_third: None, a_fourth: None) -> None:
    DATABASES.append(connection.settings_dict["NAME"])
    assert len(set(DATABASES)) == 1


def test_what_was_entered_for_races_is_committed_and_gone_afterwards(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    for _ in range(2):
        with django_db_blocker.unblock(), own_prepared(enter_third, suffix="prepared"):
            assert not connection.in_atomic_block
            assert list(Account.objects.values_list("username", flat=True)) == ["third"]
            Account.objects.all().delete()


@pytest.mark.django_db
def test_notes_are_read_once_and_never_out_of_date(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notes = InstallationNote.objects
    with django_assert_num_queries(1):
        assert [installation_notes() for _ in range(3)] == [{}] * 3
    notes.create(key="a", value=1)
    assert installation_notes() == {"a": 1}
    with suppress(KeyError), transaction.atomic():
        notes.filter(key="a").update(value=2)
        assert installation_notes() == {"a": 2}
        raise KeyError
    assert installation_notes() == {"a": 1}


def test_a_fixture_that_is_replaced_enters_nothing(cast: str) -> None:
    assert cast == "nobody"
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_a_test_without_such_fixtures_has_an_empty_database() -> None:
    assert not Account.objects.exists()
    assert connection.in_atomic_block


def test_no_example_of_a_property_is_measured_in_time() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
