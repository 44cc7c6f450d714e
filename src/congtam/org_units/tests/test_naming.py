"""Choosing a unit by its name: what the box offers, and what a typed name means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import Account, console_actor
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree")]


def offered(client: Client, text: str) -> list[str]:
    answer = client.get(reverse("org_units:suggest"), {"q": text})
    return [row["code"] for row in answer.json()["rows"]]


def listed(client: Client, unit: str) -> Any:
    return client.get(f"{reverse('dossiers:list')}?{urlencode({'unit': unit})}")


def test_names_are_found_without_diacritics_and_codes_still_are(cast: Cast, client_for: SignIn) -> None:
    leader = client_for(cast.leader)
    name = leader.get(reverse("org_units:suggest"), {"q": "024"}).json()["rows"][0]["name"]
    assert "024" in offered(leader, "ha giang")
    assert offered(leader, "024")[0] == "024"
    assert offered(leader, name)[0] == "024"


def test_the_place_itself_comes_before_what_is_named_after_it(cast: Cast, client_for: SignIn) -> None:
    office = UnitVersionRow(
        code="H22.24.1", name="Phòng Nội vụ thành phố Hà Giang", kind="division", parent="024"
    )
    enter_units([office], [], actor=console_actor())
    codes = offered(client_for(cast.leader), "ha giang")
    assert codes.index("024") < codes.index("H22.24.1")


def test_only_units_a_person_may_see_are_offered(cast: Cast, client_for: SignIn) -> None:
    assert offered(client_for(cast.clerk), "026") == []
    assert offered(client_for(cast.clerk), "") == ["024"]
    assert offered(client_for(cast.outsider), "024") == []


def test_the_list_understands_a_name_a_code_and_what_the_box_writes(cast: Cast, client_for: SignIn) -> None:
    leader = client_for(cast.leader)
    row = leader.get(reverse("org_units:suggest"), {"q": "024"}).json()["rows"][0]
    for typed in (row["name"], row["text"], "024"):
        page = listed(leader, typed)
        assert page.status_code == 200
        assert f'value="{row["text"]}"' in page.content.decode()


def test_a_name_that_means_nothing_comes_back_with_advice(cast: Cast, client_for: SignIn) -> None:
    page = listed(client_for(cast.clerk), "xã không đâu")
    assert page.status_code == 400
    assert 'value="xã không đâu"' in page.content.decode()


def test_a_unit_out_of_sight_is_not_told_apart_from_none(cast: Cast, client_for: SignIn) -> None:
    clerk = client_for(cast.clerk)
    assert listed(clerk, "026").status_code == listed(clerk, "zzz").status_code == 404
