"""Suggestions while one types: codes, words without diacritics, first letters; fast on the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from congtam.foundation.public import Account, console_actor
from congtam.procedures.catalogue.import_catalogue import import_catalogue
from congtam.procedures.domain.content import Content
from congtam.procedures.public import (
    enter_procedure_list,
    public_search,
    register_frequent_finder,
    search_for_desk,
)
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
DAY = date(2026, 3, 2)
NAMES = {
    "1.001193": ("Thủ tục đăng ký khai sinh", "commune"),
    "1.000894": ("Thủ tục đăng ký kết hôn", "commune"),
    "1.000094": ("Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "province"),
    "2.000815": ("Chứng thực bản sao từ bản chính", "commune"),
}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    contents = {
        code: Content(name=name, field_name="Tư pháp", levels=(level,))
        for code, (name, level) in NAMES.items()
    }
    enter_procedure_list(contents, valid_from=date(2026, 1, 1), source="test", actor=console_actor())


def codes(text: str, **asked: object) -> list[str]:
    return [each.code for each in search_for_desk(text, **{"on": DAY, **asked})]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2.0008", ["2.000815"]),
        ("2000815", ["2.000815"]),
        ("khai sinh", ["1.001193"]),
        ("KHAI SINH", ["1.001193"]),
        ("dang ky ket hon", ["1.000894", "1.000094"]),
        ("dkkh", ["1.000894", "1.000094"]),
        ("dkks", ["1.001193"]),
        ("dk ket hon nn", ["1.000094"]),
        ("ctbs", ["2.000815"]),
        ("hon chung", []),
        ("", []),
        ("%_\\", []),
    ],
)
def test_what_is_typed_finds(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("sao y", "2.000815"),
        ("SAO Y bản chính", "2.000815"),
        ("cong chung bang tot nghiep", "2.000815"),
        ("khai sinh", "1.001193"),
        ("giấy khai sinh", "1.001193"),
        ("làm sổ đỏ", "1.007777"),
        ("so do", "1.007777"),
        ("tạm trú", "1.004194"),
        ("giấy độc thân", "1.004873"),
        ("doc than", "1.004873"),
    ],
)
def test_what_people_call_a_procedure_finds_it_at_the_desk_and_in_the_portal(said: str, code: str) -> None:
    news = {
        "1.007777": Content(name="Cấp Giấy chứng nhận quyền sử dụng đất lần đầu", field_name="Đất đai"),
        "1.004194": Content(name="Đăng ký tạm trú", field_name="Cư trú"),
        "1.004873": Content(name="Cấp Giấy xác nhận tình trạng hôn nhân", field_name="Hộ tịch"),
        "1.005555": Content(name="Sở hữu và đo đạc", field_name="Khác"),
        "1.005556": Content(name="Tạm ngừng kinh doanh trước thời hạn", field_name="Khác"),
    }
    enter_procedure_list(news, valid_from=None, source="test", actor=console_actor())
    assert codes(said)[0] == code
    assert code in [row.code for row in public_search(said, on=DAY).rows]
    scattered = {"1.005555", "1.005556"}
    assert scattered.isdisjoint(codes(said) + [row.code for row in public_search(said, on=DAY).rows])


def test_only_what_is_in_force_is_suggested() -> None:
    assert codes("khai sinh", on=date(2025, 12, 31)) == []


def test_procedures_of_the_own_level_come_first() -> None:
    assert codes("ket hon", unit_level="province") == ["1.000094", "1.000894"]


def test_what_the_unit_meets_most_comes_first() -> None:
    register_frequent_finder(lambda unit: ["1.000094"] if unit == "024" else [])
    try:
        assert codes("dkkh", unit_code="024") == ["1.000094", "1.000894"]
        assert codes("dkkh", unit_code="026") == ["1.000894", "1.000094"]
    finally:
        register_frequent_finder(lambda _unit: [])


def test_a_new_procedure_is_suggested_at_once() -> None:
    assert codes("tam tru") == []
    news = {"1.009999": Content(name="Đăng ký tạm trú")}
    enter_procedure_list(news, valid_from=None, source="test", actor=console_actor())
    assert codes("tam tru") == ["1.009999"]


def test_the_page_answers_with_options_or_json(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    page = client.get("/procedures/suggest/", {"q": "dkks"}).content.decode()
    assert 'data-code="1.001193"' in page
    answer = client.get("/procedures/suggest/", {"q": "dkks"}, headers={"Accept": "application/json"})
    (found,) = answer.json()["suggestions"]
    assert (found["code"], found["url"]) == ("1.001193", "/procedures/1.001193/")


def test_a_visitor_is_asked_to_sign_in_and_only_get_is_answered(
    client: Client, cast: Cast, client_for: SignIn
) -> None:
    assert client.get("/procedures/suggest/").status_code == 302
    assert client_for(cast.clerk).post("/procedures/suggest/").status_code == 405


@pytest.mark.real_data
def test_the_whole_catalogue_is_found_by_first_letters(real_data: Path) -> None:
    import_catalogue(
        real_data / "tthc" / "national_catalogue_2026-07-18_5608.csv",
        actor=console_actor(),
        valid_from=date(2026, 1, 1),
    )
    assert len(codes("dk", limit=100)) == 100
    assert "1.000894" in codes("dkkh")
