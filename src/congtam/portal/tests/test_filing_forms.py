"""The procedure's own form: asked page by page, kept as typed, checked as a whole, told again to its writer."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.kernel.clock import FixedClock
from congtam.portal.filing.web.content_step import form_with_answers
from congtam.portal.models import Draft
from congtam.portal.tests import visitor
from congtam.portal.tests.one_stop import DeskRecord, Filing
from congtam.portal.tests.visitor import begin, put, scan
from congtam.procedures.public import desk_procedure
from congtam.testing.birth_form import BIRTH, FORM, PAGE_1, PAGE_2, enter_birth
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_desk(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> None:
    enter_birth()


def begun(client: Client) -> Draft:
    """An application up to the form."""
    draft = begin(client, BIRTH)
    put(client, draft, "office", unit_code=visitor.WARD)
    put(client, draft, "person", **visitor.PERSON)
    return draft


def filled(client: Client, **changes: Any) -> Draft:
    """An application up to the last page."""
    draft = begun(client)
    put(client, draft, "content", **{**PAGE_1, **changes})
    put(client, draft, "content-2", **PAGE_2)
    put(client, draft, "papers", **{"papers.1": scan("giay-chung-sinh.pdf")})
    put(client, draft, "return", return_way="online")
    return draft


def sent(client: Client, clock: FixedClock) -> Any:
    """A filing as the office finds it."""
    draft = filled(client)
    clock.advance(timedelta(minutes=4))
    answer = put(client, draft, "check", truth="1")
    assert answer.status_code == 302, answer.content.decode()
    return Filing.objects.get()


def page(client: Client, draft: Draft, step: str) -> str:
    return client.get(f"/public/draft/{draft.key}/{step}/").content.decode()


def goes_to(answer: HttpResponse) -> str:
    return answer.headers["Location"].partition("#")[0].rstrip("/").rpartition("/")[2]


def test_a_long_form_takes_several_pages_and_tells_where_one_is(client: Client) -> None:
    draft = begun(client)
    first, second = page(client, draft, "content"), page(client, draft, "content-2")
    assert "Tờ khai, phần 1/2" in first
    assert "trang 4/7" in second
    assert "<legend>Thông tin người được khai sinh</legend>" in first
    assert "Thông tin cha, mẹ" not in first
    assert goes_to(put(client, draft, "content", **PAGE_1)) == "content-2"
    assert goes_to(put(client, draft, "content-2", **PAGE_2)) == "papers"
    assert goes_to(put(client, draft, "content-2", back="1")) == "content"
    assert client.get(f"/public/draft/{draft.key}/content-3/").status_code == 404
    assert client.get(f"/public/draft/{draft.key}/office-2/").status_code == 404


def test_what_is_known_is_filled_in_ahead_and_follows_the_person(client: Client) -> None:
    draft = begun(client)
    assert 'value="Giàng Thị Say"' in page(client, draft, "content-2")
    put(client, draft, "content-2", **PAGE_2)
    put(client, draft, "person", **{**visitor.PERSON, "name": "Giàng Thị Sai"})
    assert 'value="Giàng Thị Sai"' in page(client, draft, "content-2")
    put(client, draft, "content-2", **{**PAGE_2, "form.mother": "Lầu Thị Mai"})
    put(client, draft, "person", **visitor.PERSON)
    assert 'value="Lầu Thị Mai"' in page(client, draft, "content-2")


def test_an_answer_asks_for_more_without_a_reproach(client: Client) -> None:
    draft = begun(client)
    asked = [name for name in PAGE_1 if name != "form.hospital"]
    typed = {name: PAGE_1[name] for name in asked}
    answer = put(client, draft, "content", **typed, **{"form-shown": asked})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "cần khai thêm trên trang này" in text
    assert 'value="1/3/2026"' in text
    assert 'aria-invalid="true"' not in text
    again = put(client, draft, "content", **typed, **{"form-shown": [*asked, "form.hospital"]})
    assert again.status_code == 422
    assert "Hãy điền “Tên cơ sở y tế”" in again.content.decode()


def test_rows_come_and_go_with_everything_typed(client: Client) -> None:
    draft = begun(client)
    answer = put(client, draft, "content-2", **PAGE_2, **{"add-row": "form.siblings"})
    assert answer.headers["Location"].endswith("/content-2/#form.siblings.1")
    text = page(client, draft, "content-2")
    assert text.count('name="form.siblings" value="') == 3  # two rows, and the pattern of a new one
    assert 'value="Mèo Vạc"' in text
    two = {**PAGE_2, "form.siblings": ["0", "1"], "form.siblings.1.name": "Vừ Thị Pà"}
    put(client, draft, "content-2", **two, **{"drop-row": "form.siblings.0"})
    text = page(client, draft, "content-2")
    assert 'value="Vừ Thị Pà"' in text
    assert "Mèo Vạc" not in text


def test_everything_wrong_is_told_at_the_end_with_the_way_to_it(
    client: Client, frozen_clock: FixedClock
) -> None:
    draft = filled(client, **{"form.born_on": "31/02/2026", "form.sex": "x", "form.child_name": ""})
    frozen_clock.advance(timedelta(minutes=4))
    text = put(client, draft, "check", truth="1").content.decode()
    for name in ("child_name", "sex", "born_on"):
        assert f"/public/draft/{draft.key}/content/#form.{name}" in text
    assert "“31/02/2026”" in text
    assert not Filing.objects.exists()


def test_it_is_kept_as_it_is_meant_without_what_is_not_asked(
    client: Client, frozen_clock: FixedClock
) -> None:
    draft = filled(client, **{"form.witness": "Thào A Sử", "form.unknown": "x"})
    assert "Thào A Sử" not in page(client, draft, "check")
    frozen_clock.advance(timedelta(minutes=4))
    put(client, draft, "check", truth="1")
    answers = Filing.objects.get().form["answers"]
    assert (answers["born_on"], answers["weight"], answers["sex"]) == ("2026-03-01", "3.2", "nam")
    assert answers["siblings"] == [{"name": "Vừ Mí Sính", "lives": "khac", "where": "Mèo Vạc"}]
    assert answers["needs"] == ["bhyt", "ban_sao"]
    assert not {"witness", "unknown", "father", "words", "mother_id"} & set(answers)


def test_the_form_stands_for_its_paper(client: Client) -> None:
    draft = filled(client)
    text = page(client, draft, "papers")
    assert "thay cho giấy tờ này" in text
    assert 'name="papers.0"' not in text
    assert 'name="papers.1"' in text
    check = page(client, draft, "check")
    assert "điền trực tuyến" in check
    assert "giay-chung-sinh.pdf" in check


def test_the_writer_reads_and_prints_it_again_and_nobody_else_does(
    client: Client, frozen_clock: FixedClock
) -> None:
    filing = sent(client, frozen_clock)
    own, paper = f"/public/dossier/{filing.code}/", f"/public/dossier/{filing.code}/paper/application-0.pdf"
    text = client.get(own).content.decode()
    for words in (
        "Thông tin cha, mẹ",
        "01/03/2026",
        "3,2 kg",
        "Cấp thẻ bảo hiểm y tế; Cấp bản sao trích lục",
    ):
        assert words in text
    assert client.get(paper).content.startswith(b"%PDF")
    assert Client().get(paper).status_code == 404
    assert client.get(f"/public/dossier/{filing.code}/paper/receipt-0.pdf").status_code == 404
    assert client.post(paper).status_code == 405


def test_a_stranger_opens_no_page_of_the_form(client: Client) -> None:
    draft = filled(client)
    for stranger in (Client(), visited()):
        for step in ("content", "content-2", "check"):
            assert stranger.get(f"/public/draft/{draft.key}/{step}/").status_code == 404
        assert put(stranger, draft, "content", **PAGE_1).status_code == 404


def visited() -> Client:
    stranger = Client()
    begin(stranger, BIRTH)
    return stranger


def test_more_than_an_application_holds_is_refused(client: Client) -> None:
    draft = begun(client)
    rows: dict[str, object] = {"form.siblings": [str(number) for number in range(40)]}
    rows |= {f"form.siblings.{number}.name": "x" * 10_000 for number in range(40)}
    answer = put(client, draft, "content-2", **{**PAGE_2, **rows})
    assert answer.status_code == 422
    assert "quá dài" in answer.content.decode()
    draft.refresh_from_db()
    assert "form.siblings" not in draft.answers


def test_nothing_of_it_is_left_with_the_draft(client: Client, frozen_clock: FixedClock) -> None:
    sent(client, frozen_clock)
    draft = Draft.objects.get()
    assert (draft.answers, draft.form_snapshot, draft.files) == ({}, {}, [])
    assert not DeskRecord.objects.exists()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    texts=st.tuples(*(st.text("aÂđ<>\"'& .,0123456789/-\u0300", max_size=30) for _ in range(6))),
    sex=st.sampled_from(["", "nam", "nu"]),
    needs=st.lists(st.sampled_from(["bhyt", "ban_sao"]), unique=True),
)
def test_what_one_page_keeps_the_next_shows(
    client: Client, *, texts: tuple[str, ...], sex: str, needs: list[str]
) -> None:
    """Right or wrong: whatever was typed stands there again, and so it does in the form that is sent on."""
    draft = begin(client, BIRTH)
    name, born, hospital, weight, year, words = texts
    seen = {"form-shown": [f"form.{field.name}" for field in FORM]}
    put(client, draft, "content", **seen, **{"form.child_name": name, "form.born_on": born, "form.sex": sex})
    put(client, draft, "content", **{"form.hospital": hospital, "form.weight": weight})
    typed = {"form.mother_year": year, "form.words": words, "form.needs": needs}
    put(client, draft, "content-2", **seen, **typed)
    draft.refresh_from_db()
    procedure = desk_procedure(BIRTH, draft.begun_at.date())
    assert procedure is not None
    sections = [
        *form_with_answers(procedure, draft.answers).sections(1),
        *form_with_answers(procedure, draft.answers).sections(2),
    ]
    shown = {entry.name: entry for section in sections for entry in section.inputs}
    kept = {
        name: shown[f"form.{name}"].value
        for name in ("child_name", "born_on", "weight", "mother_year", "words")
    }
    assert [composed(each) for each in kept.values()] == [
        composed(each) for each in (name, born, weight, year, words)
    ]
    chosen = [choice.value for choice in shown["form.sex"].choices if choice.is_chosen]
    assert chosen == [each for each in [sex] if each]
    assert [choice.value for choice in shown["form.needs"].choices if choice.is_chosen] == [
        each for each in ("bhyt", "ban_sao") if each in needs
    ]


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
