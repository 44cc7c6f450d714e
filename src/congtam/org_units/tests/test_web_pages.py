"""The pages of the units: what is shown, to whom, and to whom it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from congtam.foundation.public import (
    Account,
    Grant,
    Role,
    console_actor,
    create_or_update_account,
    set_demonstration_clock,
    set_installation_notes,
)
from congtam.kernel.clock import FixedClock
from congtam.org_units.naming import suggest_units
from congtam.org_units.public import UnitVersionRow, enter_units, load_catalogue
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
SignIn = Callable[[Account], Client]
PAGES = ["/units/", "/units/024/"]


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue(actor=console_actor())


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_get(cast: Cast, client_for: SignIn, page: str) -> None:
    assert client_for(cast.administrator).post(page).status_code == 405


@pytest.mark.parametrize("part", ["outsider", "citizen"])
def test_a_unit_of_others_does_not_exist(cast: Cast, client_for: SignIn, part: str) -> None:
    client = client_for(cast.everyone()[part])
    assert client.get("/units/024/").status_code == 404
    assert "Quang Trung" not in client.get("/units/?on=2024-06-01&q=quang+trung").content.decode()


def test_an_observer_reads(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.observer).get("/units/024/").status_code == 200


def test_the_tree_of_a_day_before_the_reform(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.administrator).get("/units/?on=2025-06-30").content.decode()
    assert "Tỉnh Hà Giang" in page
    assert "Thành phố Hà Giang" in page
    assert "Phường Hà Giang 1" not in page


def test_the_tree_of_a_day_after_the_reform(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.administrator).get("/units/?on=2025-07-01").content.decode()
    assert "Phường Hà Giang 1" in page
    assert "Thành phố Hà Giang" not in page


def test_somebody_of_a_closed_province_first_sees_its_last_day(cast: Cast, client_for: SignIn) -> None:
    assert 'value="2025-06-30"' in client_for(cast.inspector).get("/units/").content.decode()


def test_search_needs_no_diacritics(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.administrator).get("/units/?on=2024-06-01&q=dong+van").content.decode()
    assert "Huyện Đồng Văn" in page
    assert "Thị trấn Đồng Văn" in page


def test_the_change_is_counted_to_what_the_units_became(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.inspector).get("/units/?on=2025-06-30")
    rows = {row["kind"]: (row["before"], row["after"]) for row in page.context["comparison"]["rows"]}
    assert (rows["Tỉnh"], rows["Huyện"]) == ((1, 1), (10, 0))
    assert (rows["Xã"], rows["Phường"]) == ((175, 71), (5, 2))


def test_a_day_that_is_no_date_is_ignored(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.administrator).get("/units/?on=yesterday").status_code == 200


def test_the_history_of_a_ward_tells_names_shares_and_law(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.administrator)
    page = client.get("/units/00694/").content.decode()
    for text in ("Phường Nguyễn Trãi", "Phường Hà Giang 1", "NQ 1684/NQ-UBTVQH15", "Phường Quang Trung"):
        assert text in page
    assert "50,0" in client.get("/units/00688/").content.decode()


def test_a_link_of_an_older_tree_leads_to_the_unit_of_that_time(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.administrator)
    assert "/units/00694/?on=2024-06-01" in client.get("/units/?on=2024-06-01").content.decode()
    assert "<h1>Phường Nguyễn Trãi</h1>" in client.get("/units/00694/?on=2024-06-01").content.decode()
    assert "<h1>Phường Hà Giang 1</h1>" in client.get("/units/00694/").content.decode()


def test_a_page_costs_few_queries(
    cast: Cast, client_for: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_for(cast.inspector)
    client.get("/units/")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get("/units/?on=2024-06-01")


def test_an_ended_unit_says_what_became_of_its_communes(cast: Cast, client_for: SignIn) -> None:
    response = client_for(cast.administrator).get("/units/024/")
    fates = {row["code"]: row["fate"] for row in response.context["children"]}
    assert {one["name"] for one in fates["00688"]["units"]} == {"Phường Hà Giang 1", "Phường Hà Giang 2"}
    assert fates["00694"]["text"] == "tiếp tục là Phường Hà Giang 1, thuộc"
    assert [one["name"] for one in fates["00694"]["units"]] == ["Tỉnh Tuyên Quang"]
    assert "Về sau" in response.content.decode()


def test_a_unit_in_force_says_nothing_of_fates(cast: Cast, client_for: SignIn) -> None:
    assert "Về sau" not in client_for(cast.administrator).get("/units/08/").content.decode()


@pytest.fixture
def in_2023(frozen_clock: FixedClock) -> None:
    """The demonstration that plays in October 2023."""
    set_installation_notes(synthetic=True)
    set_demonstration_clock(datetime(2023, 10, 5, 1, tzinfo=UTC))


def test_a_demonstration_of_2023_knows_of_no_successor_of_2025(client_for: SignIn, in_2023: None) -> None:
    grants = [Grant(role=Role.INSPECTOR, unit_code="02")]
    account = create_or_update_account(
        username="mai", name="Mai", password="a long and quiet river", grants=grants, actor=console_actor()
    )
    page = client_for(account).get("/units/024/").content.decode()
    assert "Thành phố Hà Giang" in page
    assert "2025" not in page
    assert "Phường Hà Giang 1" not in page


def test_a_known_successor_is_named_today(cast: Cast, client_for: SignIn) -> None:
    assert "Phường Hà Giang 1" in client_for(cast.administrator).get("/units/024/").content.decode()


def test_a_demonstration_of_2023_names_no_change_of_2025(client_for: SignIn, in_2023: None) -> None:
    grants = [Grant(role=Role.INSPECTOR, unit_code="02")]
    account = create_or_update_account(
        username="mai", name="Mai", password="a long and quiet river", grants=grants, actor=console_actor()
    )
    client = client_for(account)
    for address in ("/units/", "/units/?on=2025-07-01", "/units/00694/?on=2025-07-01"):
        page = client.get(address).content.decode()
        assert "2025" not in page.replace(address, "")
        assert "Phường Hà Giang 1" not in page
    assert client.get("/units/suggest/?q=phuong+ha+giang+1").json() == {"rows": []}


def test_a_unit_that_will_begin_is_not_said_to_be_no_more(client_for: SignIn, cast: Cast) -> None:
    """A decision is known before it takes effect."""
    later = UnitVersionRow(
        code="99991", name="Phường Mới", kind="ward", parent="08", valid_from=date(2030, 7, 1)
    )
    enter_units([later], actor=console_actor())
    units = suggest_units("Phường Mới", on=date(2026, 3, 2), to=console_actor())
    assert [(unit.name, unit.remark) for unit in units] == [("Phường Mới", "từ 01/07/2030")]
