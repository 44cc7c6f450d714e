"""The pages of the lists: work lists, filters told, saved views, bulk, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, request_supplement, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "stored")]
SignIn = Callable[[object], Client]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def row(code: str, *, unit: str = "024", **values: object) -> DossierRow:
    facts: dict[str, object] = {
        "procedure_name": "Đăng ký khai sinh",
        "applicant": "Giàng Thị Mỷ",
        "received_at": NOW - 20 * DAY,
    } | values
    return DossierRow(code=code, unit_code=unit, **facts)  # type: ignore[arg-type]


@pytest.fixture
def stored(small_tree: None) -> None:
    """Dossiers of every urgency."""
    rows = [
        row("H-LATE", due_at=NOW - 3 * DAY),
        row("H-TODAY", due_at=NOW + 5 * HOUR),
        row("H-SOON", due_at=NOW + 2 * DAY),
        row("H-FAR", due_at=NOW + 30 * DAY),
        row("H-WAITS", due_at=NOW + 9 * DAY, state="awaiting_supplement"),
        row("H-DONE", due_at=NOW, finished_at=NOW - DAY, state="finished"),
        row("K-LATE", unit="026", due_at=NOW - 50 * DAY),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


@pytest.mark.parametrize("part", ["clerk", "officer", "leader", "administrator", "observer", "citizen"])
@pytest.mark.parametrize("name", ["list", "work", "views", "work_counts"])
def test_every_page_opens_for_everybody(*, cast: Cast, client_for: SignIn, part: str, name: str) -> None:
    assert client_for(cast.everyone()[part]).get(reverse(f"dossiers:{name}")).status_code == 200


def text_of(client: Client, name: str, **asked: str) -> str:
    return client.get(reverse(f"dossiers:{name}"), asked).content.decode()


def test_a_work_list_tells_the_office_time_that_is_left(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    assert "quá hạn 1 ngày làm việc" in text_of(client, "work", list="overdue")
    assert "còn 3 giờ" in text_of(client, "work", list="due_today")
    assert "K-LATE" not in text_of(client, "work", list="overdue")
    assert "H-FAR" not in text_of(client, "work", list="due_soon")


def test_persons_are_named_to_those_who_may_see_them(cast: Cast, client_for: SignIn) -> None:
    for name in ("list", "work"):
        assert "Giàng Thị Mỷ" in text_of(client_for(cast.clerk), name, list="overdue")
        assert "Giàng Thị Mỷ" not in text_of(client_for(cast.observer), name, list="overdue")


def test_the_tabs_count_what_waits(cast: Cast, client_for: SignIn) -> None:
    page = text_of(client_for(cast.clerk), "work_counts", list="overdue")
    assert '<span class="ct-badge-bad">1</span>' in page
    assert "ct-badge-bad" not in text_of(client_for(cast.citizen), "work_counts")


def test_wrong_filters_are_told_and_kept(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    for name in ("list", "work"):
        answer = client.get(reverse(f"dossiers:{name}"), {"due_from": "31/02/2026", "procedure": "kết hôn"})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "“31/02/2026” không phải là ngày hợp lệ." in page
        assert 'value="31/02/2026" aria-invalid="true"' in page
        assert 'value="kết hôn"' in page


def test_a_view_is_kept_opened_renamed_and_deleted(cast: Cast, client_for: SignIn) -> None:
    client, views = client_for(cast.clerk), reverse("dossiers:views")
    saved = client.post(
        views, {"do": "save", "name": " Khai  sinh ", "query": "list=overdue&q=khai&after=x&z=1"}
    )
    assert saved.headers["Location"] == reverse("dossiers:work") + "?list=overdue&q=khai"
    assert "Khai sinh" in text_of(client, "work")
    assert "Khai sinh" not in text_of(client_for(cast.officer), "work")
    assert client_for(cast.officer).post(views, {"do": "delete", "view": "Khai sinh"}).status_code == 404
    client.post(views, {"do": "rename", "view": "Khai sinh", "name": "Trễ"})
    assert "Trễ" in text_of(client, "views")
    client.post(views, {"do": "delete", "view": "Trễ"})
    assert "“Trễ”" in text_of(client, "list")
    assert "Trễ" not in text_of(client, "list")


@pytest.mark.parametrize(
    "posted",
    [
        {"do": "save", "name": "", "query": ""},
        {"do": "save", "name": "x", "query": "state=lost"},
        {"do": "save", "name": "x", "query": "list=secret"},
        {"do": "save", "name": "x" * 61, "query": ""},
        {"do": "fly"},
    ],
)
def test_a_view_that_cannot_be_kept_comes_back(
    cast: Cast, client_for: SignIn, posted: dict[str, str]
) -> None:
    answer = client_for(cast.clerk).post(reverse("dossiers:views"), posted)
    assert answer.status_code == 400
    assert posted.get("query", "") in answer.content.decode()


@pytest.mark.parametrize("posted", [{}, {"verb": "fly", "code": "H-LATE"}, {"verb": "accept"}])
def test_bulk_asks_for_a_step_and_dossiers(cast: Cast, client_for: SignIn, posted: dict[str, str]) -> None:
    assert client_for(cast.clerk).post(reverse("dossiers:bulk"), posted).status_code == 400


def test_bulk_is_confirmed_then_told_dossier_by_dossier(cast: Cast, client_for: SignIn) -> None:
    desk.enter_procedures()
    offered, other = desk.offered(cast).code, desk.received(cast).code
    client, bulk = client_for(cast.officer), reverse("dossiers:bulk")
    asked = {"verb": "accept", "code": [offered, other, "H-LATE", "K-LATE"], "query": "list=to_accept"}
    page = client.post(bulk, asked).content.decode()
    assert f'name="code" value="{offered}"' in page
    assert f'name="code" value="{other}"' not in page
    assert other in page
    assert "K-LATE" not in page
    assert Dossier.objects.get(code=offered).desk.is_offered
    done = client.post(bulk, {"verb": "accept", "code": offered, "version": "2", "confirmed": "1"})
    assert "Đã thực hiện với 1 hồ sơ" in done.content.decode()
    assert Dossier.objects.get(code=offered).desk.holder == "officer"


def test_bulk_does_nothing_to_what_changed_meanwhile(cast: Cast, client_for: SignIn) -> None:
    desk.enter_procedures()
    code = desk.offered(cast).code
    posted = {"verb": "accept", "code": code, "version": "1", "confirmed": "1"}
    page = client_for(cast.officer).post(reverse("dossiers:bulk"), posted).content.decode()
    assert "Chưa thực hiện được với 1 hồ sơ" in page
    assert Dossier.objects.get(code=code).desk.is_offered


@pytest.mark.parametrize("name", ["list", "work", "work_counts"])
def test_lists_are_for_reading(cast: Cast, client_for: SignIn, name: str) -> None:
    assert client_for(cast.clerk).post(reverse(f"dossiers:{name}")).status_code == 405


def test_a_list_of_any_length_asks_the_same_of_the_database(
    *, cast: Cast, client_for: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    more = [row(f"M-{number}", due_at=NOW - number * DAY) for number in range(40)]
    store_dossiers(more, unit_code="02", actor=console_actor(), import_key="two", source="test")
    client = client_for(cast.clerk)
    for name in ("list", "work"):
        text_of(client, name, list="overdue")
        with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
            assert "M-39" in text_of(client, name, list="overdue")


def test_the_most_urgent_wait_for_the_office_and_not_for_the_applicant(
    cast: Cast, client_for: SignIn, frozen_clock: FixedClock
) -> None:
    desk.enter_procedures()
    waiting, late = desk.handled(cast), desk.handled(cast)
    request_supplement(waiting.code, missing=["Tờ khai"], reason="Mờ", actor=desk.part(cast, "officer"))
    frozen_clock.advance(9 * DAY)
    officer = client_for(cast.officer)
    assert [each["code"] for each in officer.get("/").context["urgent"]] == [late.code]
    frozen_clock.advance(90 * DAY)
    ended = [each["code"] for each in officer.get("/").context["urgent"]]
    assert set(ended) == {late.code, waiting.code}, "the time for the supplement is over: the office ends it"
