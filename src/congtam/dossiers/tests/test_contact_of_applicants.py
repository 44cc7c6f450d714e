"""Phone numbers and e-mail addresses of applicants: one stored form, found however they were or are typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.lists.queries import Filters, list_dossiers
from congtam.dossiers.models import Dossier, Filing, Party
from congtam.dossiers.record.desk_queries import earlier_applicants
from congtam.dossiers.record.domain.receipt import Applicant
from congtam.dossiers.tests import desk
from congtam.foundation.public import actor_for, clock
from congtam.kernel.errors import InputRefused
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
WRITTEN = [
    "+84 912 345 678",
    "0084912345678",
    "0912.345.678",
    "0912345678",
    "84912345678",
    "(+84) 912-345-678",
]


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def procedures(small_tree: None) -> None:
    """What the desk of the tests receives."""


def received_for(cast: Cast, phone: str, email: str = "") -> Dossier:
    applicant = Applicant(name="Vừ Thị Mỷ", phone=phone, email=email)
    return receive(replace(desk.application(), applicant=applicant), actor=actor_for(cast.clerk))


def found(cast: Cast, text: str) -> list[str]:
    return [
        row.code
        for row in list_dossiers(Filters(text=text), to=actor_for(cast.clerk), now=clock().now()).rows
    ]


@pytest.mark.parametrize("phone", WRITTEN)
def test_a_number_is_stored_in_one_form(cast: Cast, phone: str) -> None:
    dossier = received_for(cast, phone, " My@X.VN ")
    party = Party.objects.get(dossier=dossier)
    assert (party.phone, party.email) == ("0912345678", "My@x.vn")


@pytest.mark.parametrize("stored", ["0912345678", "84912345678", "0084912345678", "912345678"])
@pytest.mark.parametrize("typed", [*WRITTEN, "345678", "5 678"])
def test_a_number_is_found_in_whatever_form_it_was_stored(cast: Cast, stored: str, typed: str) -> None:
    dossier, other = desk.received(cast), received_for(cast, "0987 654 321")
    Party.objects.filter(dossier=dossier).update(phone=stored)
    assert found(cast, typed) == [dossier.code]
    assert found(cast, "+84 987 654 321") == [other.code]


@pytest.mark.parametrize("stored", ["0912345678", "84912345678", "840912345678"])
def test_who_applied_before_is_found_in_whatever_form_the_number_was_stored(cast: Cast, stored: str) -> None:
    dossier = desk.received(cast)
    Party.objects.filter(dossier=dossier).update(phone=stored)
    for typed in WRITTEN:
        earlier = earlier_applicants(phone=typed, id_number="", to=actor_for(cast.clerk))
        assert [party.dossier_id for party in earlier] == [dossier.pk]
    for other in ("0812345678", "345678", "1912345678", ""):
        assert earlier_applicants(phone=other, id_number="", to=actor_for(cast.clerk)) == []


def test_a_number_abroad_keeps_its_country(cast: Cast) -> None:
    dossier = received_for(cast, "+856 20 5551 2345")
    assert Party.objects.get(dossier=dossier).phone == "+8562055512345"
    assert found(cast, "00856 20 5551 2345") == found(cast, "55512345") == [dossier.code]


ALIKE = (
    "0912345678",
    "84912345678",
    "912345678",
    "+1912345678",
    "001912345678",
    "+44912345678",
    "+912345678",
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+1 912 345 678", {"+1912345678", "001912345678"}),
        ("0044 912345678", {"+44912345678"}),
        ("+912 345 678", {"+912345678"}),
        ("0912 345 678", {"0912345678", "84912345678", "912345678"}),
        ("+84 912 345 678", {"0912345678", "84912345678", "912345678"}),
        ("345678", set(ALIKE)),
    ],
)
def test_a_whole_number_finds_none_that_ends_alike(cast: Cast, typed: str, stored: set[str]) -> None:
    by_phone = {phone: received_for(cast, "0987 654 321") for phone in ALIKE}
    for phone, dossier in by_phone.items():
        Party.objects.filter(dossier=dossier).update(phone=phone)
    assert set(found(cast, typed)) == {by_phone[phone].code for phone in stored}
    if typed != "345678":
        earlier = earlier_applicants(phone=typed, id_number="", to=actor_for(cast.clerk))
        assert {party.phone for party in earlier} == stored


@pytest.mark.parametrize("phone", ["none", "0912 345", "0912345678, 0987654321"])
def test_what_is_no_number_is_refused_at_every_door(cast: Cast, phone: str) -> None:
    applicant = Applicant(name="Vừ Thị Mỷ", phone=phone, email="nobody")
    with pytest.raises(InputRefused) as at_desk:
        receive(replace(desk.application(), applicant=applicant), actor=actor_for(cast.clerk))
    with pytest.raises(InputRefused) as online:
        file_online(replace(desk.filed_application(), applicant=applicant))
    for refused in (at_desk.value, online.value):
        assert [(each.code, each.column) for each in refused.problems] == [
            ("phone_malformed", "applicant.phone"),
            ("email_unreadable", "applicant.email"),
        ]


def test_what_was_filed_under_an_earlier_rule_is_taken_in(cast: Cast) -> None:
    filing = file_online(desk.filed_application())
    assert filing.applicant["phone"] == "0912345678"
    Filing.objects.update(applicant=filing.applicant | {"phone": "0219 386 612"})
    dossier = accept_filing(filing.code, actor=actor_for(cast.clerk))
    assert Party.objects.get(dossier=dossier).phone == "0219386612"
    assert found(cast, "0219.386.612") == [dossier.code]
