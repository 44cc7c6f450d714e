"""The pages of dossiers: what is found, who sees it, and how the clock is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.lists.queries import Filters, list_dossiers
from congtam.dossiers.public import DossierRow, StepRow, SuspensionRow, store_dossiers
from congtam.foundation.public import actor_for, clock, console_actor
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "stored")]
SignIn = Callable[[object], Client]
DAY = timedelta(days=1)
START = datetime(2024, 1, 8, 2, 0, tzinfo=UTC)


def row(code: str, *, unit: str = "024", days: int = 0, **values: object) -> DossierRow:
    facts: dict[str, object] = {"procedure_name": "Đăng ký khai sinh", "applicant": "Giàng Thị Mỷ"} | values
    return DossierRow(code=code, unit_code=unit, received_at=START + days * DAY, **facts)  # type: ignore[arg-type]


@pytest.fixture
def stored(small_tree: None) -> None:
    """A few dossiers in two units."""
    late = StepRow(sequence=1, name="Thẩm định", finished_at=START + 3 * DAY, due_at=START + 2 * DAY)
    pause = SuspensionRow(ground="supplement", started_at=START + DAY, ended_at=START + 2 * DAY)
    rows = [
        row("H22-1", due_at=START + 2 * DAY, finished_at=START + 3 * DAY, state="finished", steps=(late,)),
        row("H22-2", days=1, due_at=START + 2 * DAY, suspensions=(pause,)),
        row("H22-3", days=2, due_at=START + DAY * 3, procedure_name="Cấp phép xây dựng"),
        row("H22/4", unit="00688", days=3),
        row("K-1", unit="026", days=4),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


def found(cast: Cast, part: str = "clerk", **filters: object) -> list[str]:
    page = list_dossiers(Filters(**filters), to=actor_for(cast.everyone()[part]), now=clock().now())  # type: ignore[arg-type]
    return [dossier.code for dossier in page.rows]


@pytest.mark.parametrize(
    ("part", "filters", "expected"),
    [
        ("clerk", {}, ["H22/4", "H22-3", "H22-2", "H22-1"]),
        ("leader", {}, ["K-1", "H22/4", "H22-3", "H22-2", "H22-1"]),
        ("outsider", {}, ["K-1"]),
        ("citizen", {}, []),
        ("clerk", {"unit_code": "00688"}, ["H22/4"]),
        ("leader", {"unit_code": "024"}, ["H22/4", "H22-3", "H22-2", "H22-1"]),
        ("clerk", {"state": "finished"}, ["H22-1"]),
        ("clerk", {"overdue": True}, ["H22-2", "H22-3"]),
        ("clerk", {"text": "xay dung"}, ["H22-3"]),
        ("clerk", {"text": "DANG ky"}, ["H22/4", "H22-2", "H22-1"]),
        ("clerk", {"text": "h22-2"}, ["H22-2"]),
        ("clerk", {"text": "K-1"}, []),
        ("clerk", {"text": "100%_"}, []),
    ],
)
def test_what_is_found(*, cast: Cast, part: str, filters: dict[str, object], expected: list[str]) -> None:
    assert found(cast, part, **filters) == expected


def test_pages_follow_one_another_without_gap_or_repeat(cast: Cast) -> None:
    actor, now = actor_for(cast.leader), clock().now()
    for filters in (Filters(), Filters(overdue=True)):
        seen: list[str] = []
        after: str | None = None
        while True:
            page = list_dossiers(filters, to=actor, now=now, after=after, limit=2)
            seen += [dossier.code for dossier in page.rows]
            if (after := page.next_after) is None:
                break
        assert seen == [dossier.code for dossier in list_dossiers(filters, to=actor, now=now).rows]


def test_the_page_tells_the_clock_steps_and_provenance(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get(reverse("dossiers:detail", args=["H22-1"])).content.decode()
    for words in (
        "Giàng Thị Mỷ",
        "Thẩm định",
        "late by 1 working day",
        "1 day after the due time",
        "test",
        "one",
    ):
        assert words in page
    paused = client.get(reverse("dossiers:detail", args=["H22-2"])).content.decode()
    assert "waiting for a supplement from the applicant" in paused


def test_a_code_with_a_slash_has_its_page(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get(reverse("dossiers:detail", args=["H22/4"])).status_code == 200


def test_an_observer_sees_the_dossier_without_the_person(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.observer).get(reverse("dossiers:detail", args=["H22-1"])).content.decode()
    assert "H22-1" in page
    assert "Giàng Thị Mỷ" not in page


def test_an_outsider_learns_nothing(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.outsider)
    assert client.get(reverse("dossiers:detail", args=["H22-1"])).status_code == 404
    assert "H22-1" not in client.get(reverse("dossiers:list")).content.decode()
    assert client.get(reverse("dossiers:list"), {"unit": "024"}).status_code == 404
    assert client.get(reverse("dossiers:list"), {"after": "H22-1"}).status_code == 404


def test_pages_are_for_reading_and_for_people_who_signed_in(cast: Cast, client_for: SignIn) -> None:
    for address in (reverse("dossiers:list"), reverse("dossiers:detail", args=["H22-1"])):
        assert client_for(cast.clerk).post(address).status_code == 405
        assert Client().get(address).status_code == 302


def test_the_list_asks_the_database_a_fixed_number_of_times(
    cast: Cast, client_for: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_for(cast.leader)
    client.get(reverse("dossiers:list"))
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        client.get(reverse("dossiers:list"))
