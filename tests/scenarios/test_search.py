"""One search finds what its reader may open, in every room, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import actor_for, console_actor
from congtam.foundation.search import SOURCES, search
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
ROWS = (
    DossierRow(
        code="H22.024-260105-0001",
        unit_code="024",
        received_at=datetime(2026, 1, 5, 2, tzinfo=UTC),
        procedure_name="Đăng ký kết hôn",
        applicant="Vừ Thị Mỷ",
    ),
    DossierRow(
        code="H22.026-260105-0001",
        unit_code="026",
        received_at=datetime(2026, 1, 5, 2, tzinfo=UTC),
        procedure_name="Đăng ký khai sinh",
        applicant="Vừ Mí Sính",
    ),
)


@pytest.fixture(autouse=True)
def dossiers(small_tree: None) -> None:
    """One of the city, one of the district, where the outsider works."""
    for row in ROWS:
        store_dossiers([row], unit_code=row.unit_code, actor=console_actor(), import_key="one", source="test")


def labels(account: object, text: str) -> dict[str, list[str]]:
    """The labels an account gets for a text, by source."""
    groups = search(text, to=actor_for(account))  # type: ignore[arg-type]
    return {group.source.kind: [hit.label for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        pytest.param("tran phu", "unit", "Phường Trần Phú", id="unit by folded name"),
        pytest.param("00691", "unit", "Phường Trần Phú", id="unit by code"),
        pytest.param(
            "H22.024-26", "dossier", "H22.024-260105-0001", id="dossier by the beginning of its code"
        ),
        pytest.param("024260105-0001", "dossier", "H22.024-260105-0001", id="dossier by the end of its code"),
        pytest.param("vu thi my", "applicant", "Vừ Thị Mỷ", id="applicant by folded name"),
        pytest.param("kiem tra", "page", "Kiểm tra", id="page of the menu"),
        pytest.param("dung han", "indicator", "Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn", id="indicator"),
    ],
)
def test_every_room_is_searched(*, cast: Cast, text: str, kind: str, label: str) -> None:
    assert label in labels(cast.inspector, text)[kind]


@pytest.mark.parametrize("text", ["tran phu", "H22.024-260105-0001", "024260105-0001", "vu thi my"])
def test_an_outsider_gets_nothing_of_the_city(cast: Cast, text: str) -> None:
    assert labels(cast.outsider, text) == {}


def test_an_outsider_gets_what_is_theirs(cast: Cast) -> None:
    assert labels(cast.outsider, "vừ mí")["applicant"] == ["Vừ Mí Sính"]
    assert labels(cast.outsider, "H22.0") == {"dossier": ["H22.026-260105-0001"]}


@pytest.mark.parametrize("part", ["observer", "citizen"])
def test_who_may_not_see_persons_never_gets_one(cast: Cast, part: str) -> None:
    assert "applicant" not in labels(getattr(cast, part), "vu thi my")


def test_a_citizen_gets_neither_units_nor_dossiers(cast: Cast) -> None:
    assert {"unit", "dossier", "applicant"}.isdisjoint(
        labels(cast.citizen, "H22.024") | labels(cast.citizen, "ha giang")
    )


@pytest.mark.parametrize("text", ["vu thi my", "H22.024-260105-0001", "khong co gi nhu the"])
def test_a_search_asks_the_database_only_a_few_times(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, text: str
) -> None:
    actor = actor_for(cast.clerk)
    search(text, to=actor)
    with django_assert_max_num_queries(14):
        search(text, to=actor)


def test_the_page_and_the_box_show_the_same(cast: Cast, client_for: SignIn) -> None:
    client, address = client_for(cast.inspector), reverse("search") + "?q=tran+phu"
    page, box = client.get(address), client.get(address, headers={"HX-Request": "true"})
    for answer in (page, box):
        assert answer.status_code == 200
        assert reverse("org_units:detail", args=["00691"]) in answer.content.decode()
        assert "HX-Request" in answer["Vary"]
    assert "<html" not in box.content.decode()


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("", "Hãy nhập ít nhất hai ký tự"),
        ("x" * 101, "tối đa 100 ký tự"),
        ("khong co gi nhu the", "Không có kết quả nào"),
        ("<script>", "Không có kết quả nào"),
    ],
)
def test_the_page_says_why_there_is_nothing(
    *, cast: Cast, client_for: SignIn, text: str, summary: str
) -> None:
    answer = client_for(cast.inspector).get(reverse("search"), {"q": text})
    assert summary in answer.content.decode()
    assert "<script>" not in answer.content.decode().partition("<main")[2]


def test_a_zero_byte_in_the_address_is_refused(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.inspector).get("/search/?q=a%00b").status_code == 400


def test_every_source_has_an_order_of_its_own() -> None:
    orders = [source.order for source in SOURCES.values()]
    assert len(set(orders)) == len(orders)
