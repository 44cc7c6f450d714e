"""The way in and out: signing in, wrong passwords, faults that tell nothing, headers on every answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from congtam.config.urls import urlpatterns as known_addresses
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.testing.cast import PASSWORD, Cast

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
ATTACK = '<script>alert(1)</script>"\'{{ 7|add:7 }}#import "x"'


def broken(_request: HttpRequest) -> HttpResponse:
    """A page with a bug in it."""
    raise RuntimeError("the secret of the server")


urlpatterns = [path("broken/", broken), *known_addresses]


@pytest.fixture(autouse=True)
def nobody_failed_before() -> None:
    cache.clear()


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"login": "clerk", "password": password, **more})


@pytest.mark.parametrize(
    "address", [LOGIN, "/", "/accounts/signup/", "/nowhere/", "/static/nowhere.css", "/language/"]
)
def test_every_answer_carries_the_content_policy(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_another_host_is_refused_with_the_policy_too(client: Client) -> None:
    answer = client.get(LOGIN, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


@override_settings(ROOT_URLCONF="tests.scenarios.test_entrance")
def test_a_bug_tells_the_visitor_nothing(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Content-Security-Policy" in answer.headers
    text = answer.content.decode()
    assert "Hệ thống gặp lỗi" in text
    assert not [word for word in ("secret", "RuntimeError", "Traceback", "/src/") if word in text]


@pytest.mark.parametrize(
    "address",
    ["email/", "confirm-email/", "confirm-email/a:b/", "password/set/", "password/reset/",
     "password/reset/done/", "password/reset/key/1-a/", "login/code/confirm/"],
)  # fmt: skip
def test_what_is_not_offered_is_not_there(cast: Cast, client_for: SignIn, address: str) -> None:
    for client in (Client(), client_for(cast.clerk)):
        assert client.get(f"/accounts/{address}").status_code == 404
        assert client.post(f"/accounts/{address}", {"email": "a@b.vn"}).status_code == 404


def test_after_five_wrong_passwords_the_right_one_does_not_help(cast: Cast, client: Client) -> None:
    for number in range(5):
        client.post(
            LOGIN,
            {"login": "clerk", "password": f"wrong {number}"},
            headers={"x-forwarded-for": f"1.2.3.{number}"},
        )
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_signing_in_begins_a_new_session_and_stays_on_the_site(cast: Cast, client: Client) -> None:
    client.get("/dossiers/")
    client.session["planted"] = "by somebody else"
    client.session.save()
    before = client.session.session_key
    answer = sign_in(client, next="//evil.example/")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert answer.headers["Location"] == "/"  # type: ignore[attr-defined]
    assert client.session.session_key != before
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_out_takes_a_deliberate_step(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_changing_the_password_ends_the_sessions_elsewhere(cast: Cast, client_for: SignIn) -> None:
    here, elsewhere = client_for(cast.clerk), client_for(cast.clerk)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long sentence 7",
        "password2": "another long sentence 7",
    }
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert here.get("/dossiers/").status_code == 200
    assert elsewhere.get("/dossiers/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [LOGIN, "/accounts/logout/", "/accounts/password/change/", "/language/", "/import/", "/import/k/confirm/",
     "/inspections/prepare/"],
)  # fmt: skip
def test_no_change_without_our_own_form(cast: Cast, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator)
    assert client.post(address, {"language": "en"}).status_code == 403


def test_what_other_systems_write_is_shown_as_text(
    *, cast: Cast, client_for: SignIn, small_tree: None, warehouse_dir: Path
) -> None:
    at = datetime(2025, 3, 3, 2, tzinfo=UTC)
    row = DossierRow(
        code="H-<b>1", unit_code="024", received_at=at, due_at=at, procedure_name=ATTACK, applicant=ATTACK,
        officer=ATTACK, field_name=ATTACK, attributes={ATTACK: ATTACK},
    )  # fmt: skip
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="x", source="test")
    drain_outbox()
    client = client_for(cast.clerk)
    figure = "/figures/dossiers.received/024/"
    for address in (
        "/", "/dossiers/", f"/dossiers/?q={ATTACK}", "/dossiers/H-%3Cb%3E1/", f"/units/?q={ATTACK}",
        "/figures/unit/024/",
        f"{figure}?period=2025", f"{figure}rows/?period=2025", f"{figure}?period={ATTACK}", f"/dossiers/?unit={ATTACK}",
    ):  # fmt: skip
        text = client.get(address).content.decode()
        assert "<script>alert" not in text, address
        assert "H-<b>1" not in text, address


@pytest.mark.parametrize("key", ["../../secret_key", "..%2f..%2fsecret_key", "KT-024/../../x", "%00", "x'--"])
def test_no_address_leads_out_of_the_files(cast: Cast, client_for: SignIn, key: str) -> None:
    client = client_for(cast.administrator)
    for address in (f"/reports/packs/{key}.pdf", f"/import/{key}/refused/", f"/inspections/packs/{key}/"):
        assert client.get(address).status_code in {400, 404}
    assert client.get(f"/dossiers/?q={key}").status_code in {200, 400}
