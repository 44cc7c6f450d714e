"""The pages: what each shows, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import console_actor
from congtam.inspections.lifecycle import ANNOUNCE, PACKS
from congtam.inspections.models import InspectionPack
from congtam.inspections.public import prepare
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast
from congtam.testing.doors.indicators import TargetEntry, set_target

SignIn = Callable[[object], Client]
LIST = reverse("inspections:list")
PREPARE = reverse("inspections:prepare")
FORM = {"unit": "024", "period": "2025-Q3", "seed": "7", "sample_size": "20"}

pytestmark = pytest.mark.django_db


def _page(pack: InspectionPack) -> str:
    return reverse("inspections:pack", args=[pack.key])


def test_an_inspector_prepares_and_lands_on_the_pack(quarter: None, cast: Cast, client_for: SignIn) -> None:
    of_the_year = TargetEntry(
        indicator="dossiers.on_time_rate",
        value=Decimal("0.98"),
        decision="KH 12/KH-UBND",
        decided_on=date(2025, 1, 5),
        since=date(2025, 1, 1),
        unit_code="024",
    )
    set_target(of_the_year, actor=console_actor())
    client = client_for(cast.inspector)
    answer = client.post(PREPARE, FORM)
    pack = InspectionPack.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == _page(pack)
    page = client.get(_page(pack)).content.decode()
    for expected in (
        "Thành phố Hà Giang",
        "87,50\u00a0%",
        "196 / 224",
        "≥\u00a098\u00a0%",
        "2/2",
        pack.digest,
    ):
        assert expected in page
    assert client.get(LIST).content.decode().count(pack.key) >= 1


def test_the_page_speaks_english_too(pack: InspectionPack, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.inspector)
    client.cookies["django_language"] = "en"
    page = client.get(_page(pack)).content.decode()
    assert "87.50%" in page
    assert "How to reproduce the sample" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("period", "2025-Q9"),
        ("period", ""),
        ("seed", "-1"),
        ("seed", "x"),
        ("sample_size", "0"),
        ("unit", ""),
    ],
)
def test_a_wrong_entry_stays_on_the_form(
    quarter: None, cast: Cast, client_for: SignIn, *, field: str, value: str
) -> None:
    answer = client_for(cast.inspector).post(PREPARE, {**FORM, field: value})
    assert answer.status_code == 422
    assert InspectionPack.objects.count() == 0


def test_the_form_starts_from_the_address(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.inspector).get(PREPARE, {"unit": "024", "period": "2025-H1"}).content.decode()
    assert 'value="Thành phố Hà Giang · 024"' in page
    assert '<option value="2025-H1" selected>6 tháng đầu năm 2025</option>' in page


def test_outsiders_learn_nothing(pack: InspectionPack, cast: Cast, client_for: SignIn) -> None:
    for part in (cast.outsider, cast.citizen):
        client = client_for(part)
        assert client.get(_page(pack)).status_code == 404
        assert pack.key not in client.get(LIST).content.decode()
    assert client_for(cast.citizen).post(PREPARE, FORM).status_code == 403


def test_readers_read_what_was_announced_but_do_not_prepare(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    PACKS.perform(pack.key, ANNOUNCE, actor=console_actor())
    for part in (cast.clerk, cast.observer, cast.unit_head):
        client = client_for(part)
        assert client.get(_page(pack)).status_code == 200
        assert client.get(PREPARE).status_code == 403
        assert client.post(PREPARE, FORM).status_code == 403
        assert PREPARE not in client.get(LIST).content.decode()
    assert InspectionPack.objects.count() == 1


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ({"unit": "Thành phố Hà Giang"}, "Quý III/2025"),
        (
            {"unit": "Thành phố Hà Giang · 024", "written_period": "9 tháng đầu năm 2025"},
            "9 tháng đầu năm 2025",
        ),
        ({"period": "", "written_period": "từ 01/07 đến 30/09/2025"}, "Quý III/2025"),
        ({"period": "", "written_period": "từ 05/07/2025 đến 20/08/2025"}, "Từ 05/07/2025 đến 20/08/2025"),
    ],
)
def test_units_by_name_and_periods_as_people_write_them(
    quarter: None, cast: Cast, client_for: SignIn, *, entry: dict[str, str], label: str
) -> None:
    answer = client_for(cast.inspector).post(PREPARE, {**FORM, **entry}, follow=True)
    page = answer.content.decode()
    assert f"Kiểm tra Thành phố Hà Giang, {label}" in page
    assert (
        ".." not in page.partition("<main")[2].partition("congtam inspect prepare")[2].partition("</code>")[0]
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"period": "2031"}, "Kỳ này bắt đầu từ ngày 01/01/2031"),
        ({"unit": "Sở Nội vụ"}, "không có hồ sơ nào"),
        ({"unit": "Thành phố Không Có"}, "Thành phố Không Có"),
        ({"written_period": "mùa xuân"}, "mùa xuân"),
    ],
)
def test_what_cannot_be_inspected_is_said_on_the_form(
    quarter: None, cast: Cast, client_for: SignIn, *, entry: dict[str, str], words: str
) -> None:
    answer = client_for(cast.inspector).post(PREPARE, {**FORM, **entry})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not InspectionPack.objects.exists()


def test_of_nine_months_one_column_compares_with_the_year_before(
    quarter: None, cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.inspector)
    page = client.post(PREPARE, {**FORM, "period": "2025-9M"}, follow=True).content.decode()
    assert "Cùng kỳ năm trước" in page
    assert "Kỳ trước" not in page


def test_a_unit_out_of_sight_cannot_be_prepared(quarter: None, cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.inspector).post(PREPARE, {**FORM, "unit": "999"}).status_code == 404


def test_wrong_methods_are_refused(pack: InspectionPack, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.inspector)
    assert client.post(LIST).status_code == 405
    assert client.post(_page(pack)).status_code == 405
    assert client.delete(PREPARE).status_code == 405


def test_signed_out_visitors_are_sent_to_sign_in(pack: InspectionPack, client: Client) -> None:
    for address in (LIST, PREPARE, _page(pack)):
        assert client.get(address).status_code == 302


def test_the_list_needs_the_same_queries_for_many_packs(
    quarter: None, cast: Cast, client_for: SignIn, *, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for seed in range(4):
        prepare(unit="024", period=Period.parse("2025-Q3"), seed=seed, actor=console_actor(), sample_size=5)
    client = client_for(cast.inspector)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(LIST)
