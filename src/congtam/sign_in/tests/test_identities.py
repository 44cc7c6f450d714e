"""Signing in by the sign-in service of the province, against a provider of OpenID Connect in this process."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from congtam.foundation.public import Account, lines_about
from congtam.sign_in.models import AccountEvent, EventKind
from congtam.sign_in.tests.conftest import set_up_app, sign_in
from congtam.testing.cast import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of what the provider is made from
]
BEGIN = "/accounts/oidc/sso/login/"
PEOPLE = (
    User(sub="p-1", claims={"preferred_username": "clerk", "name": "Clerk"}),
    User(sub="p-2", claims={"preferred_username": "clerk"}),
    User(sub="p-3", claims={"preferred_username": "nobody"}),
    User(sub="p-4", claims={}),
    User(sub="p-5", claims={"preferred_username": "leader"}),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of the service."""
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def configured(provider: str, settings: object) -> None:
    """The site knows the service."""
    app = {
        "provider_id": "sso",
        "name": "SSO tỉnh",
        "client_id": "congtam",
        "secret": "s3cret",
        "settings": {"server_url": provider},
    }
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]  # type: ignore[attr-defined]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**ours, "APPS": [app]}}  # type: ignore[attr-defined]
    settings.CONGTAM_OIDC_ISSUER = provider  # type: ignore[attr-defined]


def ask(client: Client) -> str:
    """The address of the service to which the button leads."""
    answer = client.post(BEGIN)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def arrive(client: Client, sub: str) -> HttpResponse:
    """Go there, say who one is, and come back."""
    back = requests.post(ask(client), data={"sub": sub}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}")  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_of_signing_in_offers_the_service(client: Client, provider: str) -> None:
    page = client.get("/accounts/login/")
    assert "Đăng nhập bằng SSO tỉnh" in page.content.decode()
    assert f"form-action 'self' {provider};" in page.headers["Content-Security-Policy"]


def test_the_code_is_bound_to_this_browser_by_pkce_and_state(client: Client) -> None:
    asked = parse_qs(urlsplit(ask(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]


def test_who_has_an_account_gets_in_and_is_linked(cast: Cast, client: Client) -> None:
    arrive(client, "p-1")
    assert client.session["_auth_user_id"] == str(cast.clerk.pk)
    link = SocialAccount.objects.get()
    assert (link.user_id, link.uid) == (cast.clerk.pk, "p-1")
    verbs = [line.verb for line in lines_about("sign_in", "clerk")]
    assert sorted(verbs) == ["sign_in.identity_linked", "sign_in.signed_in"]
    again = Client()
    arrive(again, "p-1")
    assert is_in(again)


@pytest.mark.parametrize("sub", ["p-3", "p-4"])
def test_nobody_gets_an_account_by_the_service(cast: Cast, client: Client, sub: str) -> None:
    before = Account.objects.count()
    answer = arrive(client, sub)
    assert answer.status_code == 403
    assert "Danh tính này không có tài khoản" in answer.content.decode()
    assert not is_in(client)
    assert Account.objects.count() == before
    assert AccountEvent.objects.get().kind == EventKind.IDENTITY_REFUSED


def test_a_second_identity_does_not_take_the_account_over(cast: Cast, client: Client) -> None:
    arrive(client, "p-1")
    other = Client()
    assert arrive(other, "p-2").status_code == 403
    assert not is_in(other)


def test_a_locked_account_and_one_of_a_demonstration_stay_shut(cast: Cast, client: Client) -> None:
    for field, value in (("is_active", False), ("is_demonstration", True)):
        Account.objects.filter(username="clerk").update(is_active=True, is_demonstration=False)
        Account.objects.filter(username="clerk").update(**{field: value})
        arrive(client, "p-1")
        assert not is_in(client)


def test_the_service_does_not_replace_the_second_step(cast: Cast, client: Client) -> None:
    owner = Client()
    sign_in(owner, "clerk")
    set_up_app(owner)
    answer = arrive(client, "p-1")
    assert answer.headers["Location"] == "/accounts/second-step/authenticate/"
    assert not is_in(client)


def test_a_role_that_requires_one_is_led_to_set_it_up(cast: Cast, client: Client) -> None:
    arrive(client, "p-5")
    assert client.get("/").headers["Location"] == "/accounts/second-step/"


def test_an_answer_for_another_browser_is_refused(cast: Cast, client: Client) -> None:
    back = requests.post(ask(Client()), data={"sub": "p-1"}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    answer = client.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 403
    assert not is_in(client)


def test_who_declines_at_the_service_comes_back_with_words(client: Client) -> None:
    back = requests.post(ask(client), data={"action": "deny"}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    answer = client.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 403
    assert "SSO" in answer.content.decode()


def test_without_a_service_there_is_no_way_to_one(client: Client, settings: object) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}  # type: ignore[attr-defined]
    assert client.post(BEGIN).status_code == 404
    assert "Đăng nhập bằng SSO" not in client.get("/accounts/login/").content.decode()
