"""The pages of the catalogue: search without diacritics, limits that could not be read, versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from congtam.foundation.public import Account, console_actor
from congtam.procedures.catalogue import versions
from congtam.procedures.catalogue.queries import search
from congtam.procedures.domain.content import ChannelLimit, Content
from congtam.procedures.domain.time_limits import parse_time_limit
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import enter_procedure_list
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
FIRST = date(2024, 1, 1)


def content(name: str, limit: str = "5 ngày làm việc", field: str = "Hộ tịch") -> Content:
    limits = (ChannelLimit(channel="online", limit=parse_time_limit(limit)),)
    return Content(name=name, field_name=field, levels=("commune",), limits=limits)


@pytest.fixture
def catalogue(db: None) -> None:
    contents = {
        "1.001193": content("Thủ tục đăng ký khai sinh"),
        "1.001612": content("Đăng ký thành lập hộ kinh doanh", "Theo kế hoạch", "Hộ kinh doanh"),
        "2.000815": content("Chứng thực bản sao <b>từ bản chính</b>", "Trong ngày", "Chứng thực"),
    }
    enter_procedure_list(contents, valid_from=FIRST, source="list", actor=console_actor())


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGES = ["/procedures/", "/procedures/1.001193/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_get(cast: Cast, client_for: SignIn, page: str) -> None:
    assert client_for(cast.administrator).post(page).status_code == 405


@pytest.mark.parametrize("part", ["outsider", "citizen", "observer"])
@pytest.mark.parametrize("page", PAGES)
def test_procedures_are_public_to_everybody_who_signed_in(
    cast: Cast, client_for: SignIn, *, part: str, page: str
) -> None:
    assert client_for(cast.everyone()[part]).get(page).status_code == 200


def test_an_unknown_code_does_not_exist(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get("/procedures/9.999999/").status_code == 404


def test_search_as_one_types_sends_only_the_results(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    page = client.get("/procedures/", {"q": "dang ky"}, headers={"HX-Request": "true"}).content.decode()
    assert "Thủ tục đăng ký khai sinh" in page
    assert "Đăng ký thành lập hộ kinh doanh" in page
    assert "Chứng thực" not in page
    assert "<html" not in page


def test_filters_narrow_the_list(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    assert "khai sinh" not in _results(client, field="Chứng thực")
    assert "khai sinh" not in _results(client, level="ministry")
    assert "khai sinh" in _results(client, level="commune")
    assert "khai sinh" not in _results(client, on="2023-12-31")


def _results(client: Client, **query: str) -> str:
    return client.get("/procedures/", query, headers={"HX-Request": "true"}).content.decode()


def test_names_are_shown_as_text(cast: Cast, client_for: SignIn) -> None:
    assert "&lt;b&gt;từ bản chính" in client_for(cast.clerk).get("/procedures/2.000815/").content.decode()


def test_a_limit_that_was_not_read_says_so(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).get("/procedures/1.001612/").content.decode()
    assert "Theo kế hoạch" in page
    assert "ct-badge-warn" in page


def test_versions_tell_what_changed(cast: Cast, client_for: SignIn) -> None:
    old = ProcedureVersion.objects.get(procedure__code="1.001193")
    old.valid = (FIRST, date(2025, 1, 1))
    old.save(update_fields=["valid"])
    changed = versions.NewVersion(
        "1.001193", content("Thủ tục đăng ký khai sinh", "1 ngày"), date(2025, 1, 1)
    )
    versions.create_versions([changed], source="list 2025")
    page = client_for(cast.clerk).get("/procedures/1.001193/", {"on": "2024-05-05"}).content.decode()
    assert "list 2025" in page
    assert "?on=2025-01-01" in page


def test_the_best_match_comes_first() -> None:
    assert [row.procedure.code for row in search("khai sinh", on=date(2026, 1, 1))] == ["1.001193"]
    assert [row.procedure.code for row in search("1.0016", on=date(2026, 1, 1))] == ["1.001612"]
    assert len(search("", on=date(2026, 1, 1))) == 3


def test_pages_follow_one_another_without_gap_or_repeat(cast: Cast, client_for: SignIn) -> None:
    many = {f"5.{number:06}": content(f"Thủ tục {number % 7}") for number in range(120)}
    enter_procedure_list(many, valid_from=FIRST, source="list", actor=console_actor())
    client, seen, url = client_for(cast.clerk), [], "/procedures/?q=5.0"
    while url:
        response = client.get(url, headers={"HX-Request": "true"})
        seen += [row["code"] for row in response.context["rows"]]
        url = response.context["next_url"] and f"/procedures/{response.context['next_url']}"
    assert len(seen) == 120
    assert set(seen) == set(many)


def test_a_page_link_that_was_tampered_with_starts_at_the_beginning(cast: Cast, client_for: SignIn) -> None:
    response = client_for(cast.clerk).get("/procedures/?after=nonsense")
    assert response.status_code == 200
    assert len(response.context["rows"]) == 3
