"""The electronic form in a dossier: held to its procedure, kept with what it answers, whoever hands it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.form.answers import plain_answers, readable_form
from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.models import DeskRecord, Dossier, Filing
from congtam.dossiers.public import Applicant, HandedInPaper, Receipt, receive
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api
from congtam.foundation.public import actor_for
from congtam.kernel.errors import InputRefused
from congtam.testing.birth_form import BIRTH, enter_birth
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir", "frozen_clock", "small_tree")]
ANSWERS: Final[dict[str, Any]] = {
    "child_name": " Vừ  Mí Dế ",
    "sex": "nam",
    "born_on": "1/3/2026",
    "born_at": "tai_nha",
    "witness": "Sùng A Páo",
    "hospital": "không còn hỏi",
    "mother": "Vừ Thị Mỷ",
    "mother_year": "1999",
    "siblings": [{"name": "Vừ Mí Sính", "lives": "day"}],
}
CERTIFICATE: Final = HandedInPaper(position=1, originals=1)


@pytest.fixture(autouse=True)
def procedures(small_tree: None) -> None:
    enter_birth()
    desk.enter_procedures()


def application(
    form: dict[str, Any], *, papers: tuple[HandedInPaper, ...] = (CERTIFICATE,), **more: Any
) -> Receipt:
    applicant = Applicant(name="Vừ Thị Mỷ", phone="0912 345 678")
    told = {"procedure_code": BIRTH, "unit_code": "024", "applicant": applicant, **more}
    return Receipt(**told, papers=papers, form=form, is_duplicate_confirmed=True)


def refused(work: Callable[[], object]) -> dict[str, str]:
    """What is refused, by column."""
    with pytest.raises(InputRefused) as found:
        work()
    return {str(each.column): each.code for each in found.value.problems}


def test_a_form_filled_in_is_kept_as_it_is_meant_and_stands_for_its_paper(cast: Cast) -> None:
    receive(application({**ANSWERS, "request": "Xin làm sớm"}), actor=actor_for(cast.clerk))
    record = DeskRecord.objects.get()
    kept = plain_answers(record.form)
    assert (kept["child_name"], kept["born_on"], kept["request"]) == ("Vừ Mí Dế", "2026-03-01", "Xin làm sớm")
    assert "hospital" not in kept
    assert [row.get("is_filled_online") for row in record.papers] == [True, None]
    told = [(part.title, [line.label for line in part.lines]) for part in readable_form(record.form)]
    assert [title for title, _labels in told] == ["Thông tin người được khai sinh", "Thông tin cha, mẹ", ""]
    assert readable_form(record.form)[1].lines[-1].rows == (("Vừ Mí Sính", "Cùng nhà"),)


def test_a_form_on_paper_needs_no_answers_but_the_paper(cast: Cast) -> None:
    clerk = actor_for(cast.clerk)
    both = (HandedInPaper(position=0, originals=1), CERTIFICATE)
    receive(application({"request": "Xin làm sớm"}, papers=both), actor=clerk)
    assert DeskRecord.objects.get().form == {"request": "Xin làm sớm"}
    missing = refused(lambda: receive(application({}), actor=clerk))
    assert missing == {"papers.0": "paper_missing"}
    ahead = refused(lambda: receive(application({"mother": "Vừ Thị Mỷ", "siblings": [{}]}), actor=clerk))
    assert ahead == {"papers.0": "paper_missing"}


def test_what_was_begun_is_checked_as_a_whole_and_nothing_else_let_in(cast: Cast) -> None:
    wrong = {
        "child_name": "Vừ Mí Dế",
        "sex": "x",
        "born_on": "31/2/2026",
        "nmae": "?",
        "siblings": [{"name": "Vừ Mí Sính"}],
    }
    found = refused(lambda: receive(application(wrong), actor=actor_for(cast.clerk)))
    assert found == {
        "form.nmae": "field_unknown",
        "form.sex": "choice_unknown",
        "form.born_on": "date_malformed",
        "form.born_at": "field_missing",
        "form.mother": "field_missing",
        "form.mother_year": "field_missing",
        "form.siblings.0.lives": "field_missing",
    }
    assert not Dossier.objects.exists()


def test_online_the_form_must_be_filled_in(cast: Cast) -> None:
    bare = application({}, channel="online", return_way="online", papers=())
    found = refused(lambda: file_online(bare))
    assert "form.child_name" in found
    assert "papers.0" not in found
    assert found["papers.1"] == "paper_missing"


def test_nobody_passes_a_form_off_as_checked(cast: Cast) -> None:
    fake = {"fields": [{"name": "x", "label": "Đã duyệt"}], "answers": {"x": "y"}}
    clerk = actor_for(cast.clerk)
    assert refused(lambda: receive(application(fake), actor=clerk)) == {
        "form.fields": "field_unknown",
        "form.answers": "field_unknown",
    } | {"papers.0": "paper_missing"}
    other = replace(desk.application(), form=fake)
    assert refused(lambda: receive(other, actor=clerk)) == {"form.fields": "field_unknown"}


def test_a_filing_carries_its_answers_into_the_dossier(cast: Cast) -> None:
    scan = AttachedFile(digest="1" * 64, name="gcs.pdf", media_type="application/pdf", size=9, position=1)
    filing = file_online(application(ANSWERS, channel="online", papers=(), files=(scan,)))
    accept_filing(filing.code, actor=actor_for(cast.clerk))
    assert DeskRecord.objects.get().form == Filing.objects.get().form
    assert [row.get("is_filled_online") for row in DeskRecord.objects.get().papers] == [True, None]


def body(form: dict[str, Any]) -> dict[str, Any]:
    return {
        "procedure_code": BIRTH,
        "unit_code": "024",
        "applicant": {"name": "Vừ Thị Mỷ", "phone": "0912345678"},
        "papers": [{"position": 1, "originals": 1}],
        "form": form,
    }


def test_the_api_takes_and_tells_plain_answers(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    answer = clerk.post("/dossiers", body({"child_name": "Vừ Mí Dế", "surname": "Vừ"}))
    assert answer.status_code == 422
    pointers = {each["pointer"]: each["message"] for each in answer.json()["problems"]}
    assert pointers["/form/surname"] == "Tờ khai của thủ tục này không có trường “surname”."
    assert pointers["/form/sex"].startswith("Hãy chọn")
    made = clerk.post("/dossiers", body(ANSWERS))
    assert made.status_code == 201
    path = f"/dossiers/{made.json()['code']}"
    assert clerk.get(path).json()["form"]["siblings"] == [{"name": "Vừ Mí Sính", "lives": "day"}]
    told = clerk.get(path).json()["form_parts"]
    assert told[0]["lines"][2] == {"label": "Ngày sinh", "text": "01/03/2026", "head": [], "rows": []}
    hidden = Api(cast.observer).get(path).json()
    assert (hidden["form"], hidden["form_parts"]) == (None, None)


@pytest.fixture
def clerk(cast: Cast, client_for: Callable[[object], Client]) -> Client:
    return client_for(cast.clerk)


def typed(**changes: Any) -> dict[str, Any]:
    """The receiving page with the form filled in beside the applicant."""
    fields = {
        "procedure_code": BIRTH,
        "received_unit_code": "024",
        "channel": "desk",
        "return_way": "desk",
        "applicant.name": "Vừ Thị Mỷ",
        "applicant.kind": "citizen",
        "applicant.phone": "0912345678",
        "ticked": "1",
        "papers.1.originals": "1",
        "token": "a" * 32,
        "do": "receive",
    }
    answers = {f"form.{name}": value for name, value in ANSWERS.items() if isinstance(value, str)}
    return {**fields, **answers, "form.mother": "", **changes}


def test_the_clerk_fills_it_in_and_types_nothing_twice(clerk: Client) -> None:
    assert clerk.post(reverse("dossiers:receive"), typed()).status_code == 302
    assert plain_answers(DeskRecord.objects.get().form)["mother"] == "Vừ Thị Mỷ"


def test_a_refused_form_comes_back_open_with_everything_typed(clerk: Client) -> None:
    rows = {"form.siblings": "0", "form.siblings.0.name": "Vừ Mí Sính"}
    answer = clerk.post(reverse("dossiers:receive"), typed(**{"form.born_on": "hôm qua", **rows}))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert '<details class="ct-fold" id="form-fold" open>' in text
    for words in (
        'value="hôm qua"',
        'value="Vừ Mí Sính"',
        'href="#form.born_on"',
        'href="#form.siblings.0.lives"',
    ):
        assert words in text
    assert not Dossier.objects.exists()


def test_rows_come_and_go_on_the_receiving_page_without_scripts(clerk: Client) -> None:
    rows = {"form.siblings": "0", "form.siblings.0.name": "Vừ Mí Sính", "add-row": "form.siblings"}
    text = clerk.post(reverse("dossiers:receive"), typed(**rows)).content.decode()
    assert 'name="form.siblings.1.name"' in text
    assert 'value="Vừ Mí Sính"' in text
    assert not Dossier.objects.exists()


def test_a_form_left_alone_is_in_nobodys_way(clerk: Client) -> None:
    blank = {name: "" for name in typed() if name.startswith("form.")}
    page = clerk.get(reverse("dossiers:receive"), {"procedure_code": BIRTH}).content.decode()
    assert '<details class="ct-fold" id="form-fold">' in page
    both = {"ticked": ["0", "1"], "papers.0.originals": "1", **blank, "form-shown": ["form.has_father"]}
    assert clerk.post(reverse("dossiers:receive"), typed(**both)).status_code == 302
    assert DeskRecord.objects.get().form == {}
