"""Units over the API: what one may see, by words without diacritics, and a unit's life."""

from __future__ import annotations

import pytest

from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree(frozen_clock: None, small_tree: None) -> None:
    """The small tree of units."""


def test_units_are_found_as_on_the_page(cast: Cast) -> None:
    everything = Api(cast.administrator)
    found = everything.get("/units?q=024").json()["items"]
    assert found[0]["code"] == "024"
    name = found[0]["name"]
    assert everything.get(f"/units?q={name.lower()}").json()["items"][0]["code"] == "024"
    assert Api(cast.outsider).get("/units?q=024").json()["items"] == []
    assert everything.get("/units").status_code == 422


def test_the_life_of_a_unit_is_read_by_who_sees_it(cast: Cast) -> None:
    told = Api(cast.clerk).get("/units/024").json()
    assert told["versions"][0]["name"]
    assert Api(cast.outsider).get("/units/024").status_code == 404
    assert Api(cast.clerk).get("/units/none").status_code == 404
