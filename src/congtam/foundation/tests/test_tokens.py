"""A token ends with what it rested on: its password, its account, its roles, its days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from congtam.foundation.models import ApiToken
from congtam.foundation.public import Account, console_actor, create_or_update_account
from congtam.foundation.tokens import issue_token, list_tokens
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
NEW = "another long and quiet river"


def program(account: Account) -> Client:
    token = issue_token(account.username, name="Phần mềm", days=30, actor=console_actor())
    return Client(headers={"Authorization": f"Bearer {token}"})


def asks(client: Client) -> int:
    return client.get("/api/v1/consultations").status_code


def why(account: Account) -> str:
    return ApiToken.objects.get(account=account).ended_because


def test_a_new_password_ends_the_tokens(cast: Cast) -> None:
    caller, other, browser = program(cast.clerk), program(cast.officer), Client()
    browser.login(username="clerk", password=PASSWORD)
    page = browser.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert page.status_code == 302
    assert (asks(caller), asks(other)) == (401, 200)
    assert why(cast.clerk) == "password_changed"
    entry = AuditEntry.objects.filter(verb="token.revoked", key="clerk").get()
    assert "password_changed" in entry.text


def test_revoking_without_a_name_ends_nothing(cast: Cast) -> None:
    caller, browser, administrator = program(cast.clerk), Client(), Client()
    browser.force_login(cast.clerk)
    administrator.force_login(cast.administrator)
    assert browser.post("/api/", {"revoke": ""}).status_code == 404
    assert (
        administrator.post("/administration/tokens/", {"account": "clerk", "revoke": ""}).status_code == 404
    )
    assert asks(caller) == 200


def test_a_password_set_at_the_console_ends_them_too(cast: Cast) -> None:
    caller = program(cast.clerk)
    account = Account.objects.get(username="clerk")
    account.set_password(NEW)
    account.save()
    assert (asks(caller), why(cast.clerk)) == (401, "password_changed")


def test_signing_in_does_not_end_them(cast: Cast) -> None:
    caller = program(cast.clerk)
    assert Client().login(username="clerk", password=PASSWORD)
    assert asks(caller) == 200


def test_a_closed_account_calls_no_more_even_when_it_is_opened_again(cast: Cast) -> None:
    caller = program(cast.clerk)
    signed_in = Client()
    signed_in.force_login(cast.clerk)
    administrator = Client()
    administrator.force_login(cast.administrator)
    version = {"version": cast.clerk.version}
    assert administrator.post("/administration/account/clerk/close/", version).status_code == 302
    assert (asks(caller), asks(signed_in)) == (401, 401)
    Account.objects.filter(username="clerk").update(is_active=True)
    assert (asks(caller), why(cast.clerk)) == (401, "account_closed")
    assert AuditEntry.objects.filter(verb="account.close", key="clerk").exists()


def test_without_any_role_left_it_ends_for_good(frozen_clock: FixedClock, cast: Cast) -> None:
    caller = program(cast.clerk)
    day = frozen_clock.now().date()
    cast.clerk.role_grants.update(valid=(day - timedelta(days=9), day + timedelta(days=1)))
    assert asks(caller) == 200
    frozen_clock.advance(timedelta(days=1))
    assert (asks(caller), why(cast.clerk)) == (401, "no_role_left")
    cast.clerk.role_grants.update(valid=(day, None))
    assert asks(caller) == 401


def test_an_account_brought_to_no_role_loses_them(cast: Cast) -> None:
    caller = program(cast.clerk)
    create_or_update_account(
        username="clerk", name="Clerk", password=PASSWORD, grants=[], actor=console_actor()
    )
    assert asks(caller) == 401


def test_a_token_too_old_works_no_more_and_is_shown_for_a_while(frozen_clock: FixedClock, cast: Cast) -> None:
    caller = program(cast.clerk)
    assert asks(caller) == 200
    assert list_tokens("clerk")[0].last_used_on == frozen_clock.now().date()
    frozen_clock.advance(timedelta(days=30))
    assert asks(caller) == 401
    assert len(list_tokens("clerk")) == 1
    frozen_clock.advance(timedelta(days=31))
    assert list_tokens("clerk") == []
