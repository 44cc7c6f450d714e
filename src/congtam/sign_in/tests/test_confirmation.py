"""Rights, refunds, signatures and publication ask who it is; neither an old session nor an ordinary token answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from congtam.foundation.confirmation import ConfirmationNeeded, TokenNotPrivileged, require_confirmation
from congtam.foundation.public import Account, Role, actor_for, console_actor
from congtam.foundation.tokens import authenticate_token, issue_token
from congtam.sign_in.models import AccountEvent, EventKind
from congtam.testing.api_client import Api
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
Later = Callable[[float], None]
SignIn = Callable[[object], Client]
GRANT = "/administration/account/citizen/grant_role/"
CONFIRM = "/accounts/reauthenticate/"


def order(account: Account, **more: str) -> dict[str, str]:
    account.refresh_from_db()
    return {
        "role": "clerk",
        "unit": "024",
        "since": "",
        "until": "",
        "note": "",
        "version": str(account.version),
    } | more


def roles(account: Account) -> list[str]:
    return [grant.role.value for grant in actor_for(account).grants]


def test_rights_ask_again_after_ten_minutes_and_what_was_entered_is_carried_out(
    *, cast: Cast, client_for: SignIn, small_tree: None, later: Later
) -> None:
    client = client_for(cast.administrator)
    later(601)
    asked = client.post(GRANT, order(cast.citizen))
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(CONFIRM)
    assert roles(cast.citizen) == []
    wrong = client.post(asked.headers["Location"], {"password": "wrong"})
    assert wrong.status_code == 200
    assert roles(cast.citizen) == []
    client.post(asked.headers["Location"], {"password": PASSWORD, "next": GRANT})
    assert roles(cast.citizen) == ["clerk"]
    event = AccountEvent.objects.get(account=cast.administrator, kind=EventKind.CONFIRMED)
    assert event.method == "password"


def test_the_page_offers_no_reset_by_mail(*, cast: Cast, client_for: SignIn, later: Later) -> None:
    """Nothing is sent by e-mail here: the administrator sets a forgotten password."""
    page = client_for(cast.administrator).get(CONFIRM).content.decode()
    assert "current-password" in page
    assert "password/reset" not in page


def test_within_ten_minutes_nobody_is_asked(
    *, cast: Cast, client_for: SignIn, small_tree: None, later: Later
) -> None:
    client = client_for(cast.administrator)
    later(590)
    client.post(GRANT, order(cast.citizen))
    assert roles(cast.citizen) == ["clerk"]


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/administration/account/clerk/reset_password/", {}),
        ("/administration/account/clerk/reset_second_step/", {}),
        (
            "/administration/accounts/open/",
            {"username": "mai", "name": "Mai", "role": "clerk", "unit": "024"},
        ),
        ("/administration/sign-in-rules/", {"since": "2099-01-01", "idle_minutes": "30"}),
        ("/api/", {"name": "Máy quét", "days": "30"}),
    ],
)
def test_what_gives_power_asks_again(
    *, cast: Cast, client_for: SignIn, small_tree: None, later: Later, address: str, data: dict[str, str]
) -> None:
    client = client_for(cast.administrator)
    later(601)
    answer = client.post(address, data)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(CONFIRM)
    assert not cast.administrator.api_tokens.exists()
    assert not Account.objects.filter(username="mai").exists()


def test_a_page_asked_by_script_is_led_to_the_confirmation(
    *, cast: Cast, client_for: SignIn, later: Later
) -> None:
    client = client_for(cast.administrator)
    later(601)
    answer = client.post("/administration/account/clerk/reset_password/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"].startswith(CONFIRM)


def test_an_old_session_is_refused_by_the_api_too(*, cast: Cast, client_for: SignIn, later: Later) -> None:
    client = client_for(cast.unit_head)
    later(601)
    body = {"data": '{"codes": ["H-1"]}', "content_type": "application/json"}
    answer = client.post("/api/v1/bulk/approve", **body)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")


def test_an_ordinary_token_is_refused_by_the_api(cast: Cast) -> None:
    body = {"codes": ["H-1"]}
    refused = Api(cast.unit_head, is_privileged=False).post("/bulk/approve", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "token_not_privileged")
    assert Api(cast.unit_head).post("/bulk/approve", body).status_code == 200


def test_a_program_needs_a_privileged_token(cast: Cast) -> None:
    ordinary = issue_token("administrator", name="a", days=1, actor=console_actor())
    privileged = issue_token("administrator", name="b", days=1, actor=console_actor(), is_privileged=True)
    with pytest.raises(TokenNotPrivileged):
        require_confirmation(authenticate_token(ordinary))  # type: ignore[arg-type]
    require_confirmation(authenticate_token(privileged))  # type: ignore[arg-type]


def test_the_program_itself_and_the_console_are_not_asked(cast: Cast) -> None:
    require_confirmation(console_actor())
    require_confirmation(actor_for(cast.clerk))
    assert Role.CLERK in {grant.role for grant in actor_for(cast.clerk).grants}
    assert issubclass(ConfirmationNeeded, Exception)
