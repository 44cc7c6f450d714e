from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from congtam.foundation.accounts import actor_for
from congtam.foundation.models import RoleGrant
from congtam.foundation.public import Role, console_actor
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        pytest.param(date(2024, 12, 31), [], id="before it begins"),
        pytest.param(date(2025, 1, 1), [Role.OBSERVER], id="on its first day"),
        pytest.param(date(2025, 6, 30), [Role.OBSERVER], id="on its last day"),
        pytest.param(date(2025, 7, 1), [], id="after it ended"),
    ],
)
def test_a_role_counts_only_while_it_is_valid(cast: Cast, day: date, roles: list[Role]) -> None:
    account = cast.citizen
    RoleGrant.objects.create(
        account=account, role=Role.OBSERVER, unit_code="024", valid=(date(2025, 1, 1), date(2025, 7, 1))
    )
    assert [grant.role for grant in actor_for(account, on=day).grants] == roles


def test_the_console_may_everything_and_says_who_it_is() -> None:
    assert console_actor().has_role(Role.INSPECTOR)
    assert console_actor().username == "console"


def test_signing_in_with_name_and_password(cast: Cast) -> None:
    client = Client()
    refused = client.post("/accounts/login/", {"login": "clerk", "password": "wrong"})
    assert refused.status_code == 200
    assert "_auth_user_id" not in client.session
    accepted = client.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
    assert accepted.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.clerk.pk)


def test_messages_of_signing_in_and_out_are_in_the_language_of_the_page(cast: Cast) -> None:
    client = Client()
    entered = client.post("/accounts/login/", {"login": "clerk", "password": PASSWORD}, follow=True)
    assert "Successfully" not in entered.content.decode()
    news = {"oldpassword": PASSWORD, "password1": "Đá-Đồng-Văn-26", "password2": "Đá-Đồng-Văn-26"}
    changed = client.post("/accounts/password/change/", news, follow=True)
    assert "Đã đổi mật khẩu." in changed.content.decode()
    assert "Đã đăng xuất." in client.post("/accounts/logout/", follow=True).content.decode()


def test_nobody_opens_an_account_alone(db: None) -> None:
    page = Client().post(
        "/accounts/signup/", {"username": "me", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "account/signup_closed.html" in [template.name for template in page.templates]
    assert not Client().login(username="me", password=PASSWORD)


def test_every_page_but_the_entry_asks_for_sign_in(client: Client) -> None:
    for address in ("/", "/units/", "/dossiers/", "/figures/", "/inspections/", "/import/", "/procedures/"):
        answer = client.get(address)
        assert answer.status_code in {302, 404}, address
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/accounts/login/"), address


def test_the_language_is_vietnamese_until_a_person_chooses(client: Client) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": "en-US"})
    assert page.headers["Content-Language"] == "vi"
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"


def test_an_open_redirect_is_not_followed(cast: Cast, client_for: Callable[[object], Client]) -> None:
    answer = client_for(cast.clerk).post("/language/", {"language": "en", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
