"""Nobody guesses passwords, and nobody locks others out: one office, one address; spraying; attacks from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from congtam.sign_in.models import AccountEvent, EventKind
from congtam.sign_in.tests.conftest import LOGIN, sign_in
from congtam.sign_in.throttle import begin_try
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
OFFICE, ELSEWHERE = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def quick_hashes(settings: object) -> None:
    """Passwords are hashed quickly: these tests try dozens."""
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]


def fail(username: str, *, address: str, times: int) -> None:
    for _number in range(times):
        Client(REMOTE_ADDR=address).post(LOGIN, {"login": username, "password": "wrong"})


def test_ten_wrong_passwords_do_not_lock_the_office(cast: Cast) -> None:
    for username in ("officer", "unit_head", "leader", "inspector"):
        fail(username, address=OFFICE, times=4)
    assert sign_in(Client(REMOTE_ADDR=OFFICE), "clerk")


def test_an_account_waits_at_the_address_where_it_was_guessed(cast: Cast) -> None:
    fail("clerk", address=ELSEWHERE, times=5)
    assert not sign_in(Client(REMOTE_ADDR=ELSEWHERE), "clerk")
    assert sign_in(Client(REMOTE_ADDR=OFFICE), "clerk")


def test_a_known_browser_gets_in_while_strangers_guess(cast: Cast) -> None:
    known = Client(REMOTE_ADDR=OFFICE)
    assert sign_in(known, "clerk")
    known.post("/accounts/logout/")
    for number in range(65):
        begin_try(username="clerk", address=f"198.51.100.{number}", device="")
    assert not sign_in(Client(REMOTE_ADDR="192.0.2.9"), "clerk")
    assert sign_in(known, "clerk")


def test_a_known_browser_guesses_no_further_than_others(cast: Cast) -> None:
    known = Client(REMOTE_ADDR=OFFICE)
    assert sign_in(known, "clerk")
    known.post("/accounts/logout/")
    for _number in range(10):
        assert not sign_in(known, "clerk", "wrong")
    assert not sign_in(known, "clerk")


def test_the_cookie_of_one_account_opens_no_other(cast: Cast) -> None:
    thief = Client(REMOTE_ADDR=OFFICE)
    assert sign_in(thief, "outsider")
    thief.post("/accounts/logout/")
    fail("clerk", address=OFFICE, times=5)
    assert not sign_in(thief, "clerk")


def test_spraying_from_one_address_comes_to_an_end(cast: Cast) -> None:
    for number in range(300):
        if begin_try(username=f"nobody{number}", address=ELSEWHERE, device="") is None:
            break
    else:
        pytest.fail("nobody stops who tries hundreds of names")
    assert not sign_in(Client(REMOTE_ADDR=ELSEWHERE), "clerk")
    assert sign_in(Client(REMOTE_ADDR=OFFICE), "clerk")


def test_upper_case_and_blanks_give_no_further_tries(cast: Cast) -> None:
    for spelled in ("clerk", "CLERK", " clerk", "Clerk", "clerk "):
        fail(spelled, address=OFFICE, times=1)
    assert not sign_in(Client(REMOTE_ADDR=OFFICE), "clerk")


def test_a_try_that_had_to_wait_is_recorded_once(cast: Cast) -> None:
    fail("clerk", address=OFFICE, times=9)
    kinds = list(AccountEvent.objects.filter(account=cast.clerk).values_list("kind", flat=True))
    assert kinds.count(EventKind.WRONG_PASSWORD) == 5
    assert kinds.count(EventKind.THROTTLED) == 1


def test_what_was_typed_for_an_unknown_name_is_kept_nowhere(cast: Cast) -> None:
    fail("Mật khẩu của tôi 1", address=OFFICE, times=1)
    event = AccountEvent.objects.get()
    assert (event.account, event.subject, event.address) == (None, "", OFFICE)
