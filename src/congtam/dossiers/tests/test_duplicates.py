"""An application of a person whose dossier of the same procedure is open: the open one is named, and it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import Applicant, Receipt, receive, refuse
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api, body_of
from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.kernel.errors import InputRefused
from congtam.procedures.public import (
    Amount,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("warehouse_dir", "frozen_clock", "small_tree"),
]
CERTIFIED = "2.000815"
MY = Applicant(name="Vừ Thị Mỷ", phone="0912 345 678", id_number="002199000001")


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(small_tree: None) -> None:
    limit = TimeLimit("08 giờ làm việc", Amount(Decimal(8), TimeUnit.HOURS))
    content = Content(
        name="Chứng thực bản sao",
        field_name="Chứng thực",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit),),
    )
    enter_procedure_list({CERTIFIED: content}, valid_from=None, source="test", actor=console_actor())


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    return actor_for(cast.clerk)


def handed_in(applicant: Applicant, *, procedure: str = desk.MARRIAGE) -> Receipt:
    receipt = desk.application(procedure=procedure)
    return replace(receipt, applicant=applicant, is_duplicate_confirmed=False)


@pytest.mark.parametrize(
    ("applicant", "is_same"),
    [
        pytest.param(MY, True, id="the same person"),
        pytest.param(replace(MY, name="Vừ Thị Mỵ", phone=""), True, id="the number decides"),
        pytest.param(replace(MY, id_number="002199000002"), False, id="another number"),
        pytest.param(Applicant(name="  VỪ  thị mỷ "), True, id="without a number by the folded name"),
        pytest.param(Applicant(name="Vừ Thị Mỷ", phone="+84 912 345 678"), True, id="and the same phone"),
        pytest.param(Applicant(name="Vừ Thị Mỷ", phone="0912345679"), False, id="another phone"),
        pytest.param(Applicant(name="Vừ Thị Sính"), False, id="another name"),
    ],
)
def test_who_is_the_same_person(*, clerk: Actor, applicant: Applicant, is_same: bool) -> None:
    known = replace(MY, id_number="" if not applicant.id_number else MY.id_number)
    first = receive(handed_in(known), actor=clerk)
    if not is_same:
        assert receive(handed_in(applicant), actor=clerk).code != first.code
        return
    with pytest.raises(InputRefused) as refused:
        receive(handed_in(applicant), actor=clerk)
    (problem,) = refused.value.problems
    assert (problem.code, problem.data["dossier"]) == ("open_dossier_exists", first.code)
    confirmed = replace(handed_in(applicant), is_duplicate_confirmed=True)
    assert receive(confirmed, actor=clerk).code != first.code


def test_an_ended_dossier_another_procedure_and_hours_are_not_asked_about(clerk: Actor) -> None:
    first = receive(handed_in(MY), actor=clerk)
    receive(handed_in(MY, procedure=desk.REGISTER), actor=clerk)
    refuse(first.code, ground="Điều 7", reason="Sai", actor=clerk)
    receive(handed_in(MY), actor=clerk)
    for _ in range(2):
        receive(handed_in(MY, procedure=CERTIFIED), actor=clerk)
    assert Dossier.objects.count() == 5


def test_a_dossier_of_a_unit_out_of_sight_is_not_named(cast: Cast, clerk: Actor) -> None:
    receive(replace(handed_in(MY), unit_code="026"), actor=console_actor())
    assert receive(handed_in(MY), actor=clerk).unit_code == "024"


def test_a_filing_is_asked_about_too(clerk: Actor) -> None:
    receive(handed_in(MY), actor=clerk)
    filing = file_online(replace(desk.filed_application(), applicant=MY))
    with pytest.raises(InputRefused):
        accept_filing(filing.code, actor=clerk)
    accept_filing(filing.code, is_duplicate_confirmed=True, actor=clerk)


def test_the_api_names_the_open_one(cast: Cast) -> None:
    api = Api(cast.clerk)
    first = api.post("/dossiers", body_of()).json()["code"]
    again = body_of() | {"is_duplicate_confirmed": False}
    refused = api.post("/dossiers", again)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["data"]["dossier"] == first


def test_the_page_asks_again_for_another_person(cast: Cast, client_for: Callable[[object], Client]) -> None:
    client = client_for(cast.clerk)

    def send(**changes: Any) -> Any:
        return client.post(reverse("dossiers:receive"), desk.receiving_page(**changes))

    send()
    first = Dossier.objects.get().code
    asked = send(token="t-2")
    words = asked.content.decode()
    assert asked.status_code == 400
    assert reverse("dossiers:slip", args=[first]) in words
    confirmed = words.split('name="duplicate_confirmed" value="')[1].split('"')[0]
    others = {"applicant.name": "Vừ Thị Sính"}
    assert send(token="t-3", **others).status_code == 302
    assert send(token="t-4", duplicate_confirmed=confirmed, **others).status_code == 400
    assert send(token="t-5", duplicate_confirmed=confirmed).status_code == 302
