"""Accounts at the pages: opened, changed, locked, with roles by unit and period."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from congtam.administration.accounts.queries import get_account
from congtam.administration.accounts.verbs import ACCOUNTS
from congtam.foundation.lifecycle import ChangedMeanwhile
from congtam.foundation.public import Account, actor_for, clock
from congtam.kernel.clock import FixedClock, today
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
OPEN = "/administration/accounts/open/"
NEW = {"username": "lan.nt", "name": "Nguyễn Thị Lan", "position": "Công chức", "email": "lan@example.vn"}
ROLE = {"role": "clerk", "unit": "00691", "since": "", "until": "", "note": ""}


def password_on(page: Any) -> str:
    """The temporary password a page shows."""
    shown = re.search(r'class="ad-password">([^<]+)<', page.content.decode())
    assert shown
    return shown[1]


def roles(username: str) -> list[str]:
    """The roles of an account today."""
    return [
        f"{grant.role}@{grant.unit_code}"
        for grant in actor_for(Account.objects.get(username=username)).grants
    ]


def lines(verb: str) -> list[Any]:
    return list(AuditEntry.objects.filter(verb=verb).order_by("pk"))


def test_an_account_is_opened_and_its_owner_chooses_the_password(administrator: Client) -> None:
    password = password_on(administrator.post(OPEN, NEW | ROLE))
    assert roles("lan.nt") == ["clerk@00691"]
    assert [line.key for line in lines("account.opened")][-1] == "lan.nt"

    lan = Client()
    assert lan.login(username="lan.nt", password=password)
    assert lan.get("/dossiers/").headers["Location"] == "/accounts/password/change/"
    own = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    assert lan.post("/accounts/password/change/", own).status_code == 302
    assert lan.get("/dossiers/").status_code == 200


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"username": "Lan NT"}, "cannot be a user name"),
        ({"username": "clerk"}, "There already is an account"),
        ({"email": "lan@"}, "is not an e-mail address"),
        ({"unit": "99999"}, "There is no unit"),
        ({"unit": ""}, "Enter the unit"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "The last day is before the first day"),
        ({"role": "king"}, "king"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(
    administrator: Client, change: dict[str, str], says: str
) -> None:
    count = Account.objects.count()
    page = administrator.post(OPEN, NEW | ROLE | change)
    assert page.status_code == 400
    assert says in page.content.decode()
    assert Account.objects.count() == count


def test_a_head_opens_accounts_of_the_own_unit_and_below_only(head: Client) -> None:
    assert head.get("/administration/").headers["Location"] == "/administration/accounts/"
    assert head.post(OPEN, NEW | ROLE).status_code == 200
    elsewhere = head.post(OPEN, NEW | ROLE | {"username": "mai.lt", "unit": "026"})
    assert (elsewhere.status_code, Account.objects.filter(username="mai.lt").exists()) == (400, False)
    mightier = head.post(OPEN, NEW | ROLE | {"username": "mai.lt", "role": "inspector"})
    assert (mightier.status_code, Account.objects.filter(username="mai.lt").exists()) == (400, False)
    everywhere = head.post(OPEN, NEW | ROLE | {"username": "mai.lt", "unit": "*"})
    assert everywhere.status_code == 400


def test_a_head_meets_only_accounts_of_the_own_unit(*, head: Client, cast: Cast, act: Any) -> None:
    page = head.get("/administration/accounts/").content.decode()
    assert "/account/clerk/" in page
    assert "/account/outsider/" not in page
    assert "/account/administrator/" not in page
    assert head.get("/administration/account/outsider/").status_code == 404
    assert act(head, "outsider", "close").status_code == 404
    for page_name in ("ledger", "queues", "storage", "settings", "agency-codes"):
        assert head.get(f"/administration/{page_name}/").status_code == 403


def test_a_head_does_not_touch_an_account_that_holds_more(*, head: Client, cast: Cast, act: Any) -> None:
    cast.officer.role_grants.create(role="leader", unit_code="02", valid=(None, None))
    for verb in ("reset_password", "close", "end_sessions"):
        assert act(head, "officer", verb).status_code == 400
    page = head.get("/administration/account/officer/").content.decode()
    assert "only an administrator can change it" in page
    assert "Hà Giang, " not in page
    assert Account.objects.get(username="officer").is_active


def test_a_role_given_meanwhile_is_noticed_under_the_lock(small_tree: None, cast: Cast) -> None:
    seen = get_account("officer", to=actor_for(cast.unit_head))
    cast.officer.role_grants.create(role="leader", unit_code="02", valid=(None, None))
    with transaction.atomic(), pytest.raises(ChangedMeanwhile):
        ACCOUNTS.port.lock(seen)


def test_nobody_else_comes_in(*, small_tree: None, cast: Cast, client_for: Any) -> None:
    for part in ("clerk", "officer", "inspector", "leader", "observer", "citizen"):
        client = client_for(getattr(cast, part))
        for page in ("", "accounts/", "accounts/open/", "accounts/sheet/", "account/clerk/", "ledger/"):
            assert client.get(f"/administration/{page}").status_code == 403, (part, page)


def test_a_reset_password_ends_what_rests_on_the_old_one(
    *, administrator: Client, cast: Cast, client_for: Any, act: Any
) -> None:
    signed_in = client_for(cast.clerk)
    assert act(administrator, "clerk", "reset_password").status_code == 302
    password = password_on(administrator.get("/administration/account/clerk/"))
    assert "ad-password" not in administrator.get("/administration/account/clerk/").content.decode()
    assert signed_in.get("/dossiers/").headers["Location"].startswith("/accounts/login/")
    assert not Client().login(username="clerk", password=PASSWORD)
    assert Client().login(username="clerk", password=password)


def test_sessions_are_ended_without_a_new_password(
    *, administrator: Client, cast: Cast, client_for: Any, act: Any
) -> None:
    signed_in = client_for(cast.clerk)
    assert signed_in.get("/dossiers/").status_code == 200
    act(administrator, "clerk", "end_sessions")
    assert signed_in.get("/dossiers/").status_code == 302
    assert Client().login(username="clerk", password=PASSWORD)
    assert lines("account.end_sessions")[0].key == "clerk"


def test_an_account_is_locked_and_unlocked(*, administrator: Client, cast: Cast, act: Any) -> None:
    act(administrator, "clerk", "close")
    assert not Client().login(username="clerk", password=PASSWORD)
    assert act(administrator, "clerk", "close").status_code == 400
    assert act(administrator, "clerk", "reset_password").status_code == 400
    act(administrator, "clerk", "reopen")
    assert Client().login(
        username="clerk", password=password_on(administrator.get("/administration/account/clerk/"))
    )


def test_nobody_locks_themselves_and_the_last_administrator_stays(
    *, administrator: Client, cast: Cast, act: Any, client_for: Any
) -> None:
    assert act(administrator, "administrator", "close").status_code == 400
    held = cast.administrator.role_grants.get().pk
    last_day = (today(clock()) - timedelta(days=1)).isoformat()
    refused = act(administrator, "administrator", "end_role", held=held, last_day=last_day)
    assert "last active administrator" in refused.content.decode()
    cast.leader.role_grants.create(role="administrator", unit_code="*", valid=(None, None))
    assert act(client_for(cast.leader), "administrator", "close").status_code == 302
    assert act(client_for(cast.leader), "leader", "close").status_code == 400


def test_two_administrators_do_not_overwrite_each_other(administrator: Client, cast: Cast) -> None:
    seen = {"version": cast.clerk.version}
    details = {"name": "Hoàng Thị Mỷ", "position": "", "email": ""}
    url = "/administration/account/clerk/change/"
    assert administrator.post(url, seen | details).status_code == 302
    page = administrator.post(url, seen | details | {"name": "Ai đó khác"})
    assert (page.status_code, "Someone else changed" in page.content.decode()) == (400, True)
    assert Account.objects.get(username="clerk").name == "Hoàng Thị Mỷ"
    assert administrator.post(url, details).status_code == 400


def test_the_ledger_names_fields_and_not_what_stands_in_them(
    *, administrator: Client, cast: Cast, act: Any
) -> None:
    act(administrator, "clerk", "change", name="Hoàng Thị Mỷ", position="", email="my@example.vn")
    text = lines("account.change")[0].text
    assert '"fields":["name","email"]' in text
    assert "Mỷ" not in text
    assert "example" not in text


def test_a_role_holds_from_its_first_to_its_last_day(
    *, frozen_clock: FixedClock, administrator: Client, cast: Cast, act: Any
) -> None:
    period = {
        "role": "observer",
        "unit": "Huyện Đồng Văn · 026",
        "since": "2026-03-03",
        "until": "2026-03-04",
    }
    assert act(administrator, "clerk", "grant_role", **period, note="QĐ 12/QĐ-UBND").status_code == 302
    actor = [actor_for(cast.clerk, on=date(2026, 3, day)).units_with("observer") for day in (2, 3, 4, 5)]  # type: ignore[arg-type]
    assert actor == [(), ("026",), ("026",), ()]
    again = act(administrator, "clerk", "grant_role", **period)
    assert "already has this role" in again.content.decode()


@pytest.mark.parametrize(("last_day", "held_today"), [("2026-03-01", False), ("2026-03-02", True)])
def test_a_role_is_ended(
    *, frozen_clock: FixedClock, administrator: Client, cast: Cast, act: Any, last_day: str, held_today: bool
) -> None:
    held = cast.clerk.role_grants.get()
    held.valid = (date(2025, 1, 1), None)
    held.save()
    assert act(administrator, "clerk", "end_role", held=held.pk, last_day=last_day).status_code == 302
    assert (roles("clerk") == ["clerk@024"]) is held_today
    assert actor_for(cast.clerk, on=date(2026, 2, 1)).grants


def test_the_past_of_a_role_is_not_rewritten(
    *, frozen_clock: FixedClock, administrator: Client, cast: Cast, act: Any
) -> None:
    held = cast.clerk.role_grants.get().pk
    for last_day in ("2026-02-01", "", "soon"):
        page = act(administrator, "clerk", "end_role", held=held, last_day=last_day)
        assert (page.status_code, "Enter yesterday" in page.content.decode()) == (400, True)


def test_a_clerk_in_a_unit_without_agency_code_is_a_warning(administrator: Client) -> None:
    page = administrator.post(OPEN, NEW | ROLE).content.decode()
    assert "No agency code" in page
    assert "00691-" in page


@pytest.mark.parametrize(("role", "is_warned"), [("clerk", True), ("officer", False)])
def test_a_role_given_later_is_a_warning_for_a_clerk_only(
    *, administrator: Client, cast: Cast, act: Any, role: str, is_warned: bool
) -> None:
    given = ROLE | {"role": role, "unit": "Phường Trần Phú"}
    assert act(administrator, "outsider", "grant_role", **given).status_code == 302
    page = administrator.get("/administration/account/outsider/").content.decode()
    assert "Role given" in page
    assert ("No agency code: Phường Trần Phú (00691)" in page) is is_warned


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=head", True),
        ("?role=unit_head", True),
        ("?role=clerk", False),
        ("?unit=024", True),
        ("?unit=026", False),
    ],
)
def test_accounts_are_filtered(administrator: Client, query: str, *, found: bool) -> None:
    page = administrator.get(f"/administration/accounts/{query}").content.decode()
    assert ("/account/unit_head/" in page) is found


def test_accounts_are_searched_by_who_cares_for_them(
    *, small_tree: None, cast: Cast, client_for: Any
) -> None:
    address = "/administration/account/clerk/"
    assert address in client_for(cast.administrator).get("/search/?q=clerk").content.decode()
    assert address in client_for(cast.unit_head).get("/search/?q=clerk").content.decode()
    assert address not in client_for(cast.inspector).get("/search/?q=clerk").content.decode()


def test_the_list_asks_the_database_a_fixed_number_of_times(
    administrator: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        administrator.get("/administration/accounts/")
