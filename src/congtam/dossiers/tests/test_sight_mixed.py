"""Who reads persons in one place and only figures in another learns of no person in the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.handling.actions import consult
from congtam.dossiers.lists.queries import Filters, list_dossiers
from congtam.dossiers.public import Applicant, receive
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api
from congtam.foundation.public import (
    Account,
    Actor,
    Grant,
    Role,
    actor_for,
    clock,
    console_actor,
    create_or_update_account,
)
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import PASSWORD, Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
PERSON = Applicant(name="Giàng Thị Sua", phone="0987 654 321", id_number="002085001234", email="sua@xa.vn")


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


@pytest.fixture
def mixed(cast: Cast) -> Account:
    """A clerk of unit 024 who observes unit 026, where the person has a dossier."""
    receive(replace(desk.application("026"), applicant=PERSON), actor=desk.part(cast, "outsider"))
    grants = [Grant(role=Role.CLERK, unit_code="024"), Grant(role=Role.OBSERVER, unit_code="026")]
    return create_or_update_account(
        username="mixed", name="", password=PASSWORD, grants=grants, actor=console_actor()
    )


def codes(text: str, actor: Actor) -> list[str]:
    return [row.code for row in list_dossiers(Filters(text=text), to=actor, now=clock().now()).rows]


@pytest.mark.parametrize("text", ["Giàng Thị Sua", "giang sua", "0987654321", "4321", "002085001234"])
def test_a_search_by_person_finds_only_where_persons_are_read(mixed: Account, text: str) -> None:
    there = "026-260302-0001"
    assert codes(text, actor_for(mixed)) == []
    assert codes("026-26", actor_for(mixed)) == [there]
    own = replace(desk.application(), applicant=PERSON)
    here = receive(own, actor=actor_for(mixed)).code
    assert codes(text, actor_for(mixed)) == [here]


def test_no_page_file_or_answer_tells_the_person(mixed: Account, client_for: Any) -> None:
    client: Client = client_for(mixed)
    pages = [
        reverse("dossiers:list"),
        reverse("dossiers:detail", args=["026-260302-0001"]),
        reverse("dossiers:export", args=["csv"]),
    ]
    for page in pages:
        answer = client.get(page)
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"026-260302-0001" in told
        assert not [word for word in ("Sua", "987", "002085001234", "sua@") if word.encode() in told]
    for path in ("/dossiers", "/dossiers/026-260302-0001"):
        assert "Sua" not in Api(mixed).get(path).content.decode()


def test_a_question_is_read_by_the_office_that_was_asked_alone(cast: Cast, client_for: Any) -> None:
    code = desk.handled(cast).code
    asked = consult(
        code, to_unit="H22.09", question="Ai là Sua?", answer_within_hours=8, actor=desk.part(cast, "officer")
    )
    page = reverse("dossiers:consultation", args=[asked.letters.get().number])
    for part in ("outsider", "observer", "citizen"):
        answer = client_for(getattr(cast, part)).get(page)
        assert (part, answer.status_code, b"Sua" in answer.content) == (part, 404, False)
    grants = [Grant(role=Role.OFFICER, unit_code="H22.09")]
    expert = create_or_update_account(
        username="expert", name="", password=PASSWORD, grants=grants, actor=console_actor()
    )
    assert client_for(expert).get(page).status_code == 200
