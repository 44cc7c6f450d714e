"""Sessions: listed, ended by the person and by administrators, over after a time without use, new at each sign-in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import lines_about
from congtam.sign_in.models import AccountEvent, EventKind, SignInSession
from congtam.sign_in.tests.conftest import set_up_app, sign_in
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
MINE, END = "/accounts/sign-ins/", "/accounts/sign-ins/end/"
Later = Callable[[float], None]
SignIn = Callable[[object], Client]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def kinds(cast: Cast) -> list[str]:
    return list(AccountEvent.objects.filter(account=cast.clerk).order_by("pk").values_list("kind", flat=True))


def test_the_person_sees_when_and_from_where_as_a_bank_shows_it(cast: Cast) -> None:
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "clerk", "wrong")
    client = Client(REMOTE_ADDR="203.0.113.5", HTTP_USER_AGENT=FIREFOX)
    sign_in(client, "clerk")
    page = client.get(MINE).content.decode()
    for words in ("203.0.113.5", "Firefox, Linux", "phiên này", "Sai mật khẩu", "198.51.100.7"):
        assert words in page


def test_nobody_sees_the_sign_ins_of_others(cast: Cast) -> None:
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "officer")
    client = Client(REMOTE_ADDR="203.0.113.5")
    sign_in(client, "clerk")
    assert "198.51.100.7" not in client.get(MINE).content.decode()
    other = SignInSession.objects.get(account=cast.officer)
    assert client.post(END, {"session": str(other.pk)}).status_code == 404
    assert client.get("/administration/sign-ins/").status_code == 403


def test_a_session_is_ended_from_another(cast: Cast) -> None:
    lost, here = Client(), Client()
    sign_in(lost, "clerk")
    row = SignInSession.objects.get()
    sign_in(here, "clerk")
    here.post(END, {"session": str(row.pk)})
    assert lost.get("/dossiers/").status_code == 302
    assert here.get("/dossiers/").status_code == 200
    assert EventKind.SESSION_ENDED in kinds(cast)


def test_all_other_sessions_are_ended_at_once(cast: Cast) -> None:
    others, here = [Client(), Client()], Client()
    for client in (*others, here):
        sign_in(client, "clerk")
    here.post(END, {"others": "1"})
    assert [client.get("/dossiers/").status_code for client in (*others, here)] == [302, 302, 200]


def test_a_session_ended_elsewhere_is_over_even_where_its_store_was_missed(cast: Cast, later: Later) -> None:
    client = Client()
    sign_in(client, "clerk")
    SignInSession.objects.all().delete()
    later(61)
    assert client.get("/dossiers/").headers["Location"].startswith("/accounts/login/")


def test_a_session_that_is_not_used_ends(cast: Cast, later: Later) -> None:
    client = Client()
    sign_in(client, "clerk")
    later(29 * 60)
    assert client.get("/accounts/stay/").status_code == 204
    later(29 * 60)
    assert client.get("/dossiers/").status_code == 200
    later(31 * 60)
    assert client.get("/dossiers/").headers["Location"] == "/accounts/login/?next=/dossiers/"
    assert kinds(cast)[-1] == EventKind.TIMED_OUT
    assert not SignInSession.objects.exists()


def test_the_page_tells_its_script_when_a_session_ends_and_how_it_stays(cast: Cast, later: Later) -> None:
    """The script on the page knows nothing else: how many seconds, whom to ask, and that 204 alone means it stays."""
    client = Client()
    sign_in(client, "clerk")
    body = client.get("/dossiers/").content.decode()
    seconds = int(re.findall(r'data-idle-seconds="(\d+)"', body)[0])
    (stay,) = re.findall(r'data-stay-url="([^"]+)"', body)
    later(seconds - 1)
    assert client.get(stay).status_code == 204
    later(seconds + 1)
    assert client.get(stay).status_code == 302
    assert "data-idle-seconds" not in Client().get("/accounts/login/").content.decode()


def test_what_a_page_asks_for_by_itself_keeps_no_session(cast: Cast, later: Later) -> None:
    """The work lists fetch their counts each minute: a desk that was left would never be signed out."""
    client = Client()
    sign_in(client, "clerk")
    counts = client.get(reverse("dossiers:work_counts") + "?list=mine").content.decode()
    assert """hx-headers='{"X-Unattended": "1"}'""" in counts
    for _minute in range(3):
        later(9 * 60)
        assert client.get("/dossiers/", HTTP_X_UNATTENDED="1").status_code == 200
    later(4 * 60)
    assert client.get("/dossiers/", HTTP_X_UNATTENDED="1").status_code == 302
    assert kinds(cast)[-1] == EventKind.TIMED_OUT


def test_a_planted_session_key_is_not_taken_over(cast: Cast) -> None:
    attacker = Client()
    attacker.get("/accounts/login/")
    session = attacker.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    victim = Client()
    victim.cookies["sessionid"] = planted
    sign_in(victim, "clerk")
    assert victim.session.session_key != planted
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/dossiers/").status_code == 302


def test_a_new_password_leaves_this_session_on_the_list_alone(cast: Cast, later: Later) -> None:
    other, here = Client(), Client()
    sign_in(other, "clerk")
    sign_in(here, "clerk")
    new = {"oldpassword": PASSWORD, "password1": "Đá-Đồng-Văn-26", "password2": "Đá-Đồng-Văn-26"}
    here.post("/accounts/password/change/", new)
    assert SignInSession.objects.count() == 1
    assert here.get(MINE).status_code == 200
    assert SignInSession.objects.get().session_key == here.session.session_key
    assert EventKind.PASSWORD_CHANGED in kinds(cast)


def test_an_administrator_finds_filters_exports_and_ends(cast: Cast, client_for: SignIn) -> None:
    clerk, administrator = Client(REMOTE_ADDR="203.0.113.5"), client_for(cast.administrator)
    sign_in(clerk, "clerk")
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "nobody")
    page = administrator.get("/administration/sign-ins/?account=clerk").content.decode()
    assert "203.0.113.5" in page
    assert "198.51.100.7" not in page
    failed = administrator.get("/administration/sign-ins/?kind=wrong_password").content.decode()
    assert "198.51.100.7" in failed
    file = administrator.get("/administration/sign-ins/csv/?account=clerk")
    assert "203.0.113.5" in file.getvalue().decode("utf-8-sig")
    book = administrator.get("/administration/sign-ins/xlsx/")
    assert book.getvalue().startswith(b"PK")
    row = SignInSession.objects.get(account=cast.clerk)
    administrator.post("/administration/sign-ins/end/", {"account": "clerk", "session": str(row.pk)})
    assert clerk.get("/dossiers/").status_code == 302


def test_the_ledger_has_the_sign_in_without_address_and_device(cast: Cast) -> None:
    sign_in(Client(REMOTE_ADDR="203.0.113.5", HTTP_USER_AGENT=FIREFOX), "clerk")
    lines = lines_about("sign_in", "clerk")
    assert [line.verb for line in lines] == ["sign_in.signed_in"]
    assert "203.0.113.5" not in str(lines[0].data)
    assert "Firefox" not in str(lines[0].data)


def test_signing_out_closes_the_session(cast: Cast) -> None:
    client = Client()
    sign_in(client, "clerk")
    client.post("/accounts/logout/")
    assert not SignInSession.objects.exists()
    assert kinds(cast) == [EventKind.SIGNED_IN, EventKind.SIGNED_OUT]


def test_a_locked_account_is_told_so_and_it_is_recorded(cast: Cast) -> None:
    cast.clerk.is_active = False
    cast.clerk.save()
    assert not sign_in(Client(), "clerk")
    assert kinds(cast) == [EventKind.ACCOUNT_LOCKED]


def test_an_app_that_is_added_is_recorded(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    client = Client()
    sign_in(client, "clerk")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        set_up_app(client)
    assert EventKind.FACTOR_ADDED in kinds(cast)
