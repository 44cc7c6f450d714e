"""The home page: what each part of the cast finds there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.notify import NotificationChannel, Recipient, Ref, notify
from congtam.foundation.public import (
    EVERYWHERE,
    Grant,
    Role,
    console_actor,
    create_or_update_account,
    drain_outbox,
    set_demonstration_clock,
    set_installation_notes,
)
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture
def overdue(small_tree: None, warehouse_dir: Path) -> None:
    """One open dossier of the city, long past its due date."""
    row = DossierRow(
        code="H22.24-250301-0001",
        unit_code="024",
        received_at=datetime(2025, 3, 1, 2, tzinfo=UTC),
        due_at=datetime(2025, 3, 8, 2, tzinfo=UTC),
    )
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="home", source="test")
    drain_outbox()


def test_an_overdue_dossier_needs_its_unit(overdue: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.observer).get("/")

    (need, *_rest) = page.context["needs"]
    assert need.text.startswith("1 ")
    assert need.url.startswith("/figures/dossiers.open_overdue/024/?period=2025")


def test_who_works_at_the_desk_goes_to_the_work_list(overdue: None, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.officer)

    (need, *_rest) = client.get("/").context["needs"]
    assert (need.text, need.tone) == ("Đang quá hạn: 1", "bad")
    assert [row["code"] for row in client.get(need.url).context["rows"]] == ["H22.24-250301-0001"]


def test_a_notification_is_shown_until_it_is_read(
    small_tree: None, cast: Cast, *, client_for: SignIn, frozen_clock: None
) -> None:
    data = {"week": "2026-03-02", "overdue": 3, "unapologised": 1, "due_soon": 2}
    desk = (NotificationChannel.DESK,)
    to, subject = Recipient(username=cast.observer.username), Ref("unit", "024")
    notify("reports.reminder", to=to, subject=subject, dedupe_key="1", channels=desk, data=data)
    client = client_for(cast.observer)

    (need,) = client.get("/").context["needs"]
    assert need.url == "/reports/reminders/?unit=024&week=2026-03-02"
    assert client_for(cast.clerk).post(f"/notifications/{need.code}/read/").status_code == 404
    assert client.post(f"/notifications/{need.code}/read/")["Location"] == "/"
    assert client.get("/").context["needs"] == []


def test_a_notification_has_the_time_of_the_offices_clock(
    cast: Cast, client_for: SignIn, frozen_clock: FixedClock
) -> None:
    set_installation_notes(synthetic=True)
    set_demonstration_clock(datetime(2023, 10, 5, 7, 30, tzinfo=LOCAL))
    data = {"week": "2023-10-02", "overdue": 3, "unapologised": 1, "due_soon": 2}
    to, subject = Recipient(username=cast.observer.username), Ref("unit", "024")
    desk = (NotificationChannel.DESK,)
    notify("reports.reminder", to=to, subject=subject, dedupe_key="1", channels=desk, data=data)

    (need,) = client_for(cast.observer).get("/").context["needs"]

    assert need.detail == "05/10/2023 07:30"


def test_administrators_hear_of_the_installation(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.administrator).get("/")

    assert any(need.url.startswith("/administration/") for need in page.context["needs"])
    others = client_for(cast.observer).get("/").context["needs"]
    assert not any(need.url.startswith("/administration/") for need in others)


def test_another_unit_hears_nothing_of_it(overdue: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.outsider).get("/")

    assert page.context["needs"] == []


@pytest.mark.parametrize(("part", "is_offered"), [("inspector", True), ("leader", True), ("clerk", False)])
def test_who_is_offered_an_inspection(
    small_tree: None, cast: Cast, client_for: SignIn, *, part: str, is_offered: bool
) -> None:
    page = client_for(getattr(cast, part)).get("/")

    assert page.context["may_prepare"] is is_offered


def test_a_person_without_a_role_is_told_what_to_do(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.citizen).get("/")

    assert page.status_code == 200
    assert page.context["units"] == []


def test_a_role_everywhere_shows_the_provinces(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    grants = [Grant(role=Role.OBSERVER, unit_code=EVERYWHERE)]
    everywhere = create_or_update_account(
        username="toan-quyen", name="Quan sát", password="Tim-Hieu-2026", grants=grants, actor=console_actor()
    )
    page = client_for(everywhere).get("/")

    assert page.context["units"]


def test_an_administrator_sees_the_installation_and_no_units(
    small_tree: None, cast: Cast, client_for: SignIn
) -> None:
    page = client_for(cast.administrator).get("/")

    assert page.context["units"] == []
    (installation,) = page.context["overviews"]
    links = {one["url"] for one in (*installation.tiles, *installation.pages)}
    assert {"/administration/accounts/", "/administration/queues/", "/administration/storage/"} <= links
    assert all(url.startswith("/") and one_page(client_for(cast.administrator), url) for url in links)
    assert client_for(cast.leader).get("/").context["overviews"] == []


def one_page(client: Client, url: str) -> bool:
    return client.get(url).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_home_is_only_read(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.officer).post("/").status_code == 405
