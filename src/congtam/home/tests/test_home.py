"""The home page: what each part of the cast finds there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
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
    page = client_for(cast.officer).get("/")

    (need, *_rest) = page.context["needs"]
    assert need["text"].startswith("1 ")
    assert need["url"].startswith("/figures/dossiers.open_overdue/024/?period=2025")


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
    page = client_for(cast.administrator).get("/")

    assert page.context["units"]


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_home_is_only_read(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.officer).post("/").status_code == 405
