"""Two versions side by side: what was added, removed, changed, down to the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from congtam.foundation.public import Account, console_actor
from congtam.procedures.catalogue.domain.comparison import compare_texts
from congtam.procedures.catalogue.edit_desk import edit_desk_parts
from congtam.procedures.domain.content import CataloguePaper, Content
from congtam.procedures.domain.desk import ProcessStep
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.processes.edit import enter_process
from congtam.procedures.public import NewProcess, enter_procedure_list
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
URL = "/procedures/1.001193/compare/"
OLD = DeskParts(
    papers=(CataloguePaper(name="Tờ khai", originals=1), CataloguePaper(name="Sổ hộ khẩu", copies=1)),
    fees=(CatalogueFee("", 8000, name="Lệ phí"),),
)
NEW = replace(
    OLD,
    papers=(CataloguePaper(name="Tờ khai", originals=2), CataloguePaper(name="Giấy chứng sinh", originals=1)),
    fees=(CatalogueFee("", 5000, name="Lệ phí"),),
)


@pytest.fixture
def two_versions(db: None) -> None:
    content = OLD.put_into(Content(name="Đăng ký khai sinh"))
    actor = console_actor()
    enter_procedure_list({"1.001193": content}, valid_from=date(2026, 1, 1), source="test", actor=actor)
    edit_desk_parts("1.001193", NEW, valid_from=date(2026, 3, 1), ground="QĐ 12", actor=actor)


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("trong 5 ngày làm việc", "trong 3 ngày làm việc", ["5 "], ["3 "]),
        ("dòng một\ndòng hai", "dòng một\ndòng mới hai", [], ["mới "]),
        ("", "mới", [], ["mới"]),
        ("cũ", "", ["cũ"], []),
        ("a b", "a  b", [], []),
    ],
)
def test_only_the_words_that_differ_are_marked(
    *, before: str, after: str, removed: list[str], added: list[str]
) -> None:
    pair = compare_texts(before, after)
    assert [words.text for words in pair.before if words.mark == "removed"] == removed
    assert [words.text for words in pair.after if words.mark == "added"] == added
    assert "".join(words.text for words in pair.before) == before
    assert "".join(words.text for words in pair.after) == after


def test_a_very_long_block_is_shown_as_replaced() -> None:
    pair = compare_texts("a " * 2000, "b " * 2000)
    assert [len(pair.before), len(pair.after)] == [1, 1]


@pytest.mark.usefixtures("two_versions")
def test_the_newest_change_is_shown_first(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.citizen).get(URL)
    assert (page.context["earlier"]["value"], page.context["later"]["value"]) == ("2026-01-01", "2026-03-01")
    text = page.content.decode()
    assert "<del>8.000 </del>" in text
    assert "<ins>5.000 </ins>" in text
    assert "<del>Sổ hộ khẩu" in text
    assert "<ins>Giấy chứng sinh" in text


@pytest.mark.usefixtures("two_versions")
def test_a_change_of_the_process_is_a_change_too(cast: Cast, client_for: SignIn) -> None:
    steps = (ProcessStep(position=1, code="receive", name="Tiếp nhận", office="Một cửa", role="clerk"),)
    new = NewProcess(procedure_code="1.001193", valid_from=date(2026, 4, 1), steps=steps)
    enter_process(new, actor=console_actor())
    page = client_for(cast.citizen).get(URL)
    assert page.context["later"]["value"] == "2026-04-01"
    assert "<ins>Tiếp nhận" in page.content.decode()


@pytest.mark.usefixtures("two_versions")
def test_the_same_day_twice_shows_no_difference(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.citizen).get(URL, {"from": "2026-03-01", "to": "2026-03-01"})
    assert page.context["parts"] == []


@pytest.mark.usefixtures("two_versions")
def test_stranger_wrong_method_and_unknown_code(cast: Cast, client_for: SignIn, client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client_for(cast.clerk).post(URL).status_code == 405
    assert client_for(cast.clerk).get("/procedures/9.9/compare/").status_code == 404
    assert client_for(cast.clerk).get(URL, {"from": "x", "to": "0000-99-99"}).status_code == 200
