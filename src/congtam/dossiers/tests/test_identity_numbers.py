"""Identity and tax numbers: a mistyped one is told at desk and API, and may be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.models import Dossier, Party
from congtam.dossiers.public import receive
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api
from congtam.kernel.errors import InputRefused
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: object, *, small_tree: None, cast: Cast) -> None: ...


def test_the_clerk_is_told_once_and_may_confirm(cast: Cast, client_for: SignIn) -> None:
    clerk, address = client_for(cast.clerk), reverse("dossiers:receive")
    first = clerk.post(address, desk.receiving_page(**{"applicant.id_number": "0021990000"}))
    assert first.status_code == 400
    page = first.content.decode()
    assert 'name="id_number_confirmed" value="0021990000"' in page
    assert 'aria-describedby="wrong-id-number"' in page
    other = {"applicant.id_number": "0021990001", "id_number_confirmed": "0021990000"}
    assert clerk.post(address, desk.receiving_page(**other)).status_code == 400
    assert not Dossier.objects.exists()
    confirmed = {"applicant.id_number": "0021990000", "id_number_confirmed": "0021990000"}
    assert clerk.post(address, desk.receiving_page(**confirmed)).status_code == 302
    assert Party.objects.get().id_number == "0021990000"


def test_a_number_is_kept_without_the_blanks_people_write(cast: Cast) -> None:
    application = desk.application()
    applicant = replace(application.applicant, id_number="002 199 000001")
    receive(replace(application, applicant=applicant), actor=desk.part(cast, "clerk"))
    assert Party.objects.get().id_number == "002199000001"


def test_the_api_takes_a_confirmed_number(cast: Cast) -> None:
    body = {
        "procedure_code": desk.REGISTER,
        "unit_code": "024",
        "applicant": {"name": "Công ty A", "kind": "enterprise", "id_number": "510010004"},
    }
    api = Api(cast.clerk)
    refused = api.post("/dossiers", body)
    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["problems"]] == ["id_number_malformed"]
    assert api.post("/dossiers", {**body, "is_id_number_confirmed": True}).status_code == 201


def test_what_was_filed_online_with_a_wrong_number_is_refused_and_never_at_the_desk(cast: Cast) -> None:
    filed = desk.filed_application()
    wrong = replace(filed, applicant=replace(filed.applicant, id_number="12"))
    with pytest.raises(InputRefused):
        file_online(wrong)
    filing = file_online(filed)
    filing.applicant["id_number"] = "12"
    filing.save()
    assert accept_filing(filing.code, actor=desk.part(cast, "clerk")).code
