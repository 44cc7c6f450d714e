"""Codes, recovery codes and who needs them: replay, use twice, the role that requires them, the phone that is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from congtam.foundation.public import console_actor, real_clock
from congtam.foundation.row_seals import altered_rows
from congtam.kernel.clock import today
from congtam.sign_in.models import AccountEvent, EventKind
from congtam.sign_in.policy import decide_policy
from congtam.sign_in.tests.conftest import SECOND_STEP, set_up_app, sign_in, totp
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
Later = Callable[[float], None]


@pytest.fixture(autouse=True)
def no_code_was_used() -> None:
    cache.clear()


def with_app(username: str) -> tuple[str, list[str]]:
    """Give somebody an app, signed out again."""
    client = Client()
    assert sign_in(client, username)
    return set_up_app(client)


def enter(client: Client, code: str) -> bool:
    client.post(SECOND_STEP, {"code": code})
    return "_auth_user_id" in client.session


def test_the_password_alone_no_longer_opens(cast: Cast, later: Later) -> None:
    key, _codes = with_app("clerk")
    client = Client()
    assert not sign_in(client, "clerk")
    assert client.get("/dossiers/").status_code == 302
    assert not enter(client, "000000")
    later(30)
    assert enter(client, totp(key, at=time.time()))
    event = AccountEvent.objects.filter(kind=EventKind.SIGNED_IN).latest("pk")
    assert event.method == "password+totp"
    assert AccountEvent.objects.filter(account=cast.clerk, kind=EventKind.WRONG_CODE).exists()


def test_a_secret_changed_behind_the_program_is_found(cast: Cast, later: Later) -> None:
    """Who writes another secret into the database could sign in as somebody else."""
    key, codes = with_app("clerk")
    client = Client()
    sign_in(client, "clerk")
    later(30)
    assert enter(client, totp(key, at=time.time()))
    assert enter_recovery_code(codes[0])
    assert list(altered_rows()) == [], "using them is no change behind the program"
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(data={"secret": "mine"})
    (found,) = altered_rows()
    assert "totp of clerk" in found.code


def enter_recovery_code(code: str) -> bool:
    client = Client()
    sign_in(client, "clerk")
    return enter(client, code)


def test_a_code_is_not_accepted_twice(cast: Cast) -> None:
    key, _codes = with_app("clerk")
    code = totp(key)
    first, second = Client(), Client()
    sign_in(first, "clerk")
    sign_in(second, "clerk")
    assert enter(first, code)
    assert not enter(second, code)


def test_a_recovery_code_is_valid_once(cast: Cast) -> None:
    _key, codes = with_app("clerk")
    first, second = Client(), Client()
    sign_in(first, "clerk")
    sign_in(second, "clerk")
    assert len(codes) == 10
    assert enter(first, codes[0])
    assert not enter(second, codes[0])
    assert enter(second, codes[1])


def test_codes_cannot_be_guessed(cast: Cast) -> None:
    _key, codes = with_app("clerk")
    client = Client()
    sign_in(client, "clerk")
    for number in range(10):
        assert not enter(client, f"{number:06}")
    assert not enter(client, codes[0])


def test_secrets_are_stored_encrypted(cast: Cast) -> None:
    key, codes = with_app("clerk")
    stored = str(list(Authenticator.objects.filter(user=cast.clerk).values_list("data", flat=True)))
    assert key not in stored
    assert not [code for code in codes if code in stored]


def test_a_lost_secret_key_of_the_installation_is_told_in_words(cast: Cast, settings: object) -> None:
    with_app("clerk")
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    client = Client()
    sign_in(client, "clerk")
    page = client.post(SECOND_STEP, {"code": "123456"}).content.decode()
    assert "Không đọc được bước xác thực thứ hai nữa" in page


def test_recovery_codes_are_shown_once(cast: Cast) -> None:
    client = Client()
    sign_in(client, "clerk")
    _key, codes = set_up_app(client)
    again = client.get("/accounts/second-step/recovery-codes/").content.decode()
    assert not [code for code in codes if code in again]


def test_who_gives_rights_sets_up_a_second_step_first(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "administrator")
    for address in ("/", "/administration/", "/api/", "/accounts/sign-ins/", "/api/v1/units"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/second-step/")
    set_up_app(client)
    assert client.get("/administration/").status_code == 200


def test_a_role_given_in_a_session_asks_for_a_second_step_at_the_next_request(cast: Cast) -> None:
    client = Client()
    sign_in(client, "clerk")
    assert client.get("/").status_code == 200
    since = today(real_clock()) - timedelta(days=1)
    cast.clerk.role_grants.create(role="leader", unit_code="02", valid=DateRange(since, None))
    for address in ("/", "/dossiers/", "/api/v1/units"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/second-step/")
    set_up_app(client)
    assert client.get("/").status_code == 200
    cast.clerk.role_grants.filter(role="leader").delete()
    assert client.get("/").status_code == 200


def test_rules_that_change_hold_for_sessions_that_are_open(cast: Cast) -> None:
    client = Client()
    sign_in(client, "clerk")
    assert client.get("/").status_code == 200
    decide_policy(since=today(real_clock()), roles=["clerk"], idle_minutes=20, actor=console_actor())
    assert client.get("/").headers["Location"] == "/accounts/second-step/"
    decide_policy(since=today(real_clock()), roles=["leader"], idle_minutes=20, actor=console_actor())
    assert client.get("/").status_code == 200


def test_who_removes_a_required_step_sets_up_another(cast: Cast) -> None:
    client = Client()
    sign_in(client, "administrator")
    set_up_app(client)
    client.post("/accounts/second-step/totp/deactivate/")
    assert client.get("/administration/").headers["Location"] == "/accounts/second-step/"


def test_others_and_demonstrations_need_none(cast: Cast) -> None:
    cast.leader.is_demonstration = True
    cast.leader.save()
    for username in ("clerk", "leader"):
        client = Client()
        assert sign_in(client, username)
        assert client.get("/").status_code == 200


def test_rules_begin_on_their_day(cast: Cast) -> None:
    day = today(real_clock())
    decide_policy(since=day + timedelta(days=1), roles=["clerk"], idle_minutes=20, actor=console_actor())
    before = Client()
    sign_in(before, "clerk")
    assert before.get("/").status_code == 200
    decide_policy(since=day, roles=["clerk"], idle_minutes=20, actor=console_actor())
    after = Client()
    sign_in(after, "clerk")
    assert after.get("/").headers["Location"] == "/accounts/second-step/"


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/second-step/reauthenticate/",
        "/accounts/second-step/trust/",
        "/accounts/second-step/webauthn/signup/",
        "/accounts/signup/passkey/",
        "/accounts/3rdparty/",
        "/accounts/social/signup/",
        "/accounts/login/code/",
    ],
)
def test_ways_of_allauth_that_are_not_ours_are_closed(
    cast: Cast, client_for: Callable[[object], Client], address: str
) -> None:
    for client in (Client(), client_for(cast.clerk)):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
