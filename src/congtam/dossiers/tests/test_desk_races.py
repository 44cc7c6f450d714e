"""The receiving page sent several times at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.models import Dossier
from congtam.dossiers.tests import desk
from congtam.testing.cast import Cast
from congtam.testing.own_database import at_once


@pytest.fixture
def db(django_db_setup: None) -> None:
    """No transaction around these tests: they work on a copy of the database (`races`)."""


def test_a_page_sent_six_times_at_once_makes_one_dossier(races: Cast) -> None:
    signed_in = Client()
    signed_in.force_login(races.clerk)
    key = signed_in.cookies["sessionid"].value
    page = {
        "token": "t-1",
        "procedure_code": desk.MARRIAGE,
        "received_unit_code": "024",
        "applicant.name": "Vừ Thị Mỷ",
        "ticked": ["0", "1"],
        "do": "receive",
    }

    def send() -> str:
        client = Client()
        client.cookies["sessionid"] = key
        return str(client.post(reverse("dossiers:receive"), page).headers.get("Location"))

    places = at_once([send] * 6)
    assert set(places) == {reverse("dossiers:slip", args=[Dossier.objects.get().code])}
