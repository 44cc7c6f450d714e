from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from congtam.foundation.installation import cache_notes, installation_notes, set_installation_notes

pytestmark = pytest.mark.django_db


def test_a_page_reads_the_notes_once_and_sees_its_own_change(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    set_installation_notes(synthetic=True)
    with cache_notes():
        with django_assert_num_queries(1):
            assert [installation_notes()["synthetic"] for _ in range(3)] == [True] * 3
        set_installation_notes(synthetic=False)
        assert installation_notes()["synthetic"] is False
    set_installation_notes(synthetic=True)
    assert installation_notes()["synthetic"] is True


def test_an_installation_without_notes_is_asked_once_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with cache_notes(), django_assert_num_queries(1):
        assert [installation_notes() for _ in range(3)] == [{}] * 3


def test_a_change_within_is_one_around_it_too(db: None) -> None:
    with cache_notes():
        assert "name" not in installation_notes()
        with cache_notes():
            set_installation_notes(name="Hà Giang")
            assert installation_notes()["name"] == "Hà Giang"
        assert installation_notes()["name"] == "Hà Giang"
