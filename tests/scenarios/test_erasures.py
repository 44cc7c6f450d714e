"""The page that erases a person: by right, with what goes and what stays, after a confirmation."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from congtam.config.verify import verify
from congtam.dossiers.intake.filings import decline_filing, file_online
from congtam.dossiers.models import Dossier, Filing
from congtam.dossiers.public import Channel
from congtam.dossiers.tests import desk
from congtam.foundation.models import AuditEntry, PersonKey
from congtam.foundation.public import drain_outbox
from congtam.testing.cast import PASSWORD, Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "warehouse_dir")]


@pytest.fixture
def administrator(cast: Cast, client_for: Callable[[object], Client]) -> Client:
    """The administrator at the pages, in English."""
    return english(client_for(cast.administrator))


def english(client: Client) -> Client:
    """The pages of this visitor in English."""
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def filing(cast: Cast) -> str:
    """The code of what was filed online and declined."""
    receipt = replace(desk.application(procedure=desk.REGISTER), channel=Channel.ONLINE.value, papers=())
    code: str = file_online(receipt).code
    decline_filing(code, reason="Vừ Thị Mỷ ở xã khác", actor=desk.part(cast, "clerk"))
    drain_outbox()
    return code


def address(kind: str, code: str) -> str:
    return reverse("administration:erase", kwargs={"kind": kind, "code": code})


def test_a_declined_filing_is_found_and_erased(administrator: Client, filing: str) -> None:
    page = administrator.get("/administration/erasures/", {"q": "vừ thị"}).content.decode()
    assert filing in page
    assert "Can be erased" in page
    shown = administrator.get(address("filing", filing)).content.decode()
    assert "the reason why it was declined" in shown
    data = {"reason": "request", "code": filing.lower()}
    done = administrator.post(address("filing", filing), data, follow=True).content.decode()
    assert f"Personal data of {filing} erased." in done
    row = Filing.objects.get(code=filing)
    assert (row.applicant, row.form, row.files, row.reason) == ({}, {}, [], "…")
    line = AuditEntry.objects.get(verb="person.erased")
    assert (line.actor, line.key) == ("administrator", f"filing/{filing}")
    assert PersonKey.objects.get(ref=f"filing/{filing}").destroyed_at is not None
    assert not any(verify().values())
    again = administrator.get(address("filing", filing)).content.decode()
    assert "Erased before." in again
    assert "Erase for good" not in again


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"reason": "request", "code": "another"}, "Enter the code exactly as shown above."),
        ({"reason": "", "code": "same"}, "This field is required."),
        ({"reason": "because Vừ Thị Mỷ asked", "code": "same"}, "Select a valid choice."),
    ],
)
def test_a_slip_erases_nobody(administrator: Client, filing: str, *, data: dict[str, str], text: str) -> None:
    sent = {**data, "code": filing if data["code"] == "same" else data["code"]}
    refused = administrator.post(address("filing", filing), sent)
    assert refused.status_code == 400
    assert text in refused.content.decode()
    assert Filing.objects.get(code=filing).applicant["name"] == "Vừ Thị Mỷ"


def test_an_open_dossier_says_why_not(administrator: Client, filing: str, cast: Cast) -> None:
    code = desk.received(cast).code
    assert (
        "The dossier is still open"
        in administrator.get("/administration/erasures/", {"q": code}).content.decode()
    )
    assert "Erase for good" not in administrator.get(address("dossier", code)).content.decode()
    refused = administrator.post(address("dossier", code), {"reason": "request", "code": code})
    assert refused.status_code == 400
    assert "is still open" in refused.content.decode()
    assert Dossier.objects.get(code=code).applicant == "Vừ Thị Mỷ"


def test_an_unlocked_screen_erases_nobody(
    administrator: Client, filing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 601)
    data = {"reason": "request", "code": filing}
    asked = administrator.post(address("filing", filing), data)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert Filing.objects.get(code=filing).applicant != {}
    administrator.post(asked.headers["Location"], {"password": PASSWORD, "next": address("filing", filing)})
    assert Filing.objects.get(code=filing).applicant == {}


@pytest.mark.parametrize("role", ["clerk", "unit_head", "leader", "observer"])
def test_only_administrators_meet_the_page(
    *, filing: str, cast: Cast, client_for: Callable[[object], Client], role: str
) -> None:
    client = english(client_for(getattr(cast, role)))
    for path in ("/administration/erasures/?q=v%E1%BB%AB", address("filing", filing)):
        assert client.get(path).status_code in {403, 404}
    assert client.post(address("filing", filing), {"reason": "request", "code": filing}).status_code in {
        403,
        404,
    }
    assert Filing.objects.get(code=filing).applicant != {}
