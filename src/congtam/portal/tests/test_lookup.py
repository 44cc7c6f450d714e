"""Looking up a dossier: what opens it, what the answers tell, and how often one may try."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congtam.dossiers.applicant.public import compute_citizen_proof, find_for_citizen
from congtam.kernel.clock import FixedClock
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests.one_stop import DeskRecord
from congtam.portal.tests.visitor import show_slip
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def dossier(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> Any:
    return desk.handled(cast)


def secret_of(dossier: Any) -> str:
    return str(DeskRecord.objects.values_list("lookup_secret", flat=True).get(dossier=dossier))


def test_code_and_secret_open_the_dossier(client: Client, dossier: Any) -> None:
    secret = secret_of(dossier)
    answer = show_slip(client, f" {dossier.code.lower()} ", f"{secret[:4]}-{secret[4:].lower()}")
    assert answer.headers["Location"] == f"/public/dossier/{dossier.code}/"
    shown = client.get(answer.headers["Location"])
    assert shown.headers["Cache-Control"] == "no-store, private"
    text = shown.content.decode()
    assert "Vừ Thị Mỷ" in text
    for hidden in ("officer", "Officer", "clerk", secret, "0912345678"):
        assert hidden not in text.replace("For officials", "")


def test_the_qr_code_leaves_no_secret_behind(client: Client, dossier: Any) -> None:
    answer = client.get(f"/public/t/{dossier.code}/", {"k": secret_of(dossier)})
    assert answer.headers["Location"] == f"/public/dossier/{dossier.code}/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies["congtam_slips"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert secret_of(dossier) not in cookie.value
    wrong = client.get(f"/public/t/{dossier.code}/", {"k": "WRONG234"})
    assert "WRONG234" not in wrong.headers["Location"]


def test_a_wrong_code_and_a_wrong_secret_are_one_answer(dossier: Any) -> None:
    answers, work = [], []
    for code, secret in ((dossier.code, "AAAA2222"), ("H22.99.99-260302-0001", secret_of(dossier))):
        with CaptureQueriesContext(connection) as queries:
            answer = show_slip(Client(), code, secret)
        work.append([re.split(" WHERE | VALUES ", query["sql"])[0] for query in queries])
        answers.append((answer.status_code, answer.content.decode().replace(code, "…")))
    assert work[0] == work[1]
    assert without_token(answers[0][1]) == without_token(answers[1][1])
    assert answers[0][0] == answers[1][0] == 422


def without_token(page: str) -> str:
    return "".join(part for part in page.split('"') if len(part) != 64 and "X-CSRFToken" not in part)


def test_nothing_opens_without_the_slip(client: Client, dossier: Any) -> None:
    for path in ("", "letter/1/", "result/", "supplement/", "rate/"):
        answer = client.get(f"/public/dossier/{dossier.code}/{path}")
        assert answer.status_code in {302, 404}
        assert "Vừ Thị Mỷ" not in answer.content.decode()
    assert find_for_citizen(dossier.code, "") is None
    assert find_for_citizen(dossier.code, compute_citizen_proof(dossier.code, "")) is None


def test_a_slip_opens_its_own_dossier_only(client: Client, dossier: Any, cast: Cast) -> None:
    other = desk.received(cast)
    show_slip(client, dossier.code, secret_of(dossier))
    assert client.get(f"/public/dossier/{other.code}/").status_code == 302
    assert show_slip(client, other.code, secret_of(dossier)).status_code == 422


def test_a_forged_or_old_cookie_opens_nothing(client: Client, dossier: Any, frozen_clock: FixedClock) -> None:
    show_slip(client, dossier.code, secret_of(dossier))
    kept = client.cookies["congtam_slips"].value
    client.cookies["congtam_slips"] = kept[:-2] + ("aa" if kept[-2:] != "aa" else "bb")
    assert client.get(f"/public/dossier/{dossier.code}/").status_code == 302


def test_closing_forgets(client: Client, dossier: Any) -> None:
    show_slip(client, dossier.code, secret_of(dossier))
    client.post("/public/close/")
    assert client.get(f"/public/dossier/{dossier.code}/").status_code == 302


def test_five_tries_on_a_code(dossier: Any) -> None:
    tries = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post("/public/lookup/", {"code": dossier.code, "secret": "X"})
        for n in range(6)
    ]
    assert [answer.status_code for answer in tries] == [422] * 5 + [429]
    assert "10" in tries[-1].content.decode()
    right = {"code": dossier.code, "secret": secret_of(dossier)}
    assert Client(REMOTE_ADDR="203.0.113.99").post("/public/lookup/", right).status_code == 429


def test_ten_tries_from_an_address_and_then_again(dossier: Any, frozen_clock: FixedClock) -> None:
    client = Client(REMOTE_ADDR="2001:db8::1")
    tries = [show_slip(client, f"H22.99.99-260302-{n:04}", "X").status_code for n in range(10)]
    assert set(tries) == {422}
    neighbour = Client(REMOTE_ADDR="2001:db8::ffff")
    assert show_slip(neighbour, dossier.code, secret_of(dossier)).status_code == 429
    assert show_slip(Client(REMOTE_ADDR="198.51.100.7"), dossier.code, secret_of(dossier)).status_code == 302
    frozen_clock.advance(timedelta(minutes=10))
    assert show_slip(neighbour, dossier.code, secret_of(dossier)).status_code == 302


def test_success_costs_no_tries(dossier: Any) -> None:
    for _ in range(12):
        assert show_slip(Client(), dossier.code, secret_of(dossier)).status_code == 302


def test_a_visitor_cannot_choose_the_address_it_is_counted_by(dossier: Any) -> None:
    tries = [
        Client(headers={"X-Forwarded-For": f"203.0.113.{n}"}).post(
            "/public/lookup/", {"code": f"NONE-{n}", "secret": "X"}
        )
        for n in range(11)
    ]
    assert tries[-1].status_code == 429


def test_behind_the_proxy_the_passed_on_address_counts(dossier: Any, settings: object) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    tries = [
        Client(headers={"X-Forwarded-For": f"1.2.3.4, 203.0.113.{n}"}).post(
            "/public/lookup/", {"code": f"NONE-{n}", "secret": "X"}
        )
        for n in range(11)
    ]
    assert {answer.status_code for answer in tries} == {422}


@pytest.mark.parametrize(
    "query", ["wait=99999999999999999999", "wait=-1", "answer=<script>", "code=%3Cscript%3E"]
)
def test_the_address_of_the_form_is_no_place_for_tricks(client: Client, query: str) -> None:
    answer = client.get(f"/public/lookup/?{query}")
    assert answer.status_code in {200, 429}
    assert "<script>" not in answer.content.decode()
