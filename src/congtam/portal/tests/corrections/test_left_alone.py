"""What was left as it was is not judged again, and nothing that was once declared is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from congtam.forms.public import FormField
from congtam.kernel.clock import FixedClock, local_day
from congtam.portal.models import SupplementOffer
from congtam.portal.tests.corrections.pages import (
    ANSWERS,
    TODAY_OR_LATER,
    ask_also,
    kept,
    kept_with,
    page_of,
    posted,
    received_for_another,
    rewritten,
)
from congtam.portal.tests.one_stop import DeskRecord, Dossier
from congtam.portal.tests.visitor import scan
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.testing.doors.forms import Option, ShownWhen

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.mark.parametrize("way", ["desk", "portal"])
def test_papers_alone_are_taken_though_a_date_of_the_form_has_passed(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn, frozen_clock: FixedClock, way: str
) -> None:
    ask_also(TODAY_OR_LATER)
    desk = DeskRecord.objects.get(dossier=asked)
    told = {"name": "come_on", "label": "Ngày nhận kết quả", "kind": "date"}
    desk.form = {
        "fields": [*desk.form["fields"], told],
        "answers": {**desk.form["answers"], "come_on": "2026-03-02"},
    }
    desk.save()
    frozen_clock.advance(timedelta(days=3))
    sent = posted(come_on="02/03/2026")
    if way == "portal":
        assert holder.post(page_of(asked), {**sent, "files": scan("giay.pdf")}).status_code == 302
        assert SupplementOffer.objects.get().form == {}
        return
    address = f"/dossiers/{asked.code}/verbs/receive_supplement/"
    assert client_for(cast.clerk).post(address, {**sent, "version": desk.version}).status_code == 302
    assert DeskRecord.objects.get(dossier=asked).form == desk.form


def test_what_was_right_when_it_was_sent_is_taken_in_later(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn, frozen_clock: FixedClock
) -> None:
    ask_also(TODAY_OR_LATER)
    day = local_day(frozen_clock.now())
    assert holder.post(page_of(asked), posted(come_on=f"{day:%d/%m/%Y}")).status_code == 302
    frozen_clock.advance(timedelta(days=3))
    offer = SupplementOffer.objects.get()
    client_for(cast.clerk).post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"})
    assert kept(asked)["come_on"] == day.isoformat()


def test_what_moves_from_one_cell_to_another_is_a_correction(asked: Any, holder: Client) -> None:
    rows = [{"name": "Sính, Mèo Vạc", "lives": "khac", "where": "x"}]
    kept_with(asked, siblings=rows)
    sent = posted(**{"siblings.0.name": "Sính", "siblings.0.where": "Mèo Vạc, x"})
    assert holder.post(page_of(asked), sent).status_code == 302
    (change,) = SupplementOffer.objects.get().form["changes"]
    assert change["before"] != change["after"]


def test_a_correction_that_was_turned_down_is_not_lost(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn
) -> None:
    holder.post(page_of(asked), posted(born_on="28/2/2026"))
    offer = SupplementOffer.objects.get()
    no = {"decline": "1", "reason": "Ảnh mờ"}
    client_for(cast.clerk).post(f"/public/desk/supplements/{offer.key}/", no)
    shown = holder.get(page_of(asked)).content.decode()
    assert 'value="28/02/2026"' in shown
    assert " open>" in shown


def test_what_nobody_asks_for_any_more_stays(asked: Any, holder: Client) -> None:
    ask_also(without="hospital")
    assert holder.post(page_of(asked), posted()).status_code == 422
    assert holder.post(page_of(asked), posted(born_on="28/2/2026")).status_code == 302
    offer = SupplementOffer.objects.get()
    assert [change["label"] for change in offer.form["changes"]] == ["Ngày sinh"]
    assert offer.form["form"]["answers"]["hospital"] == "Bệnh viện đa khoa tỉnh"


def test_remarks_are_no_part_of_a_correction(asked: Any, cast: Cast) -> None:
    api, path = Api(cast.clerk), f"/dossiers/{asked.code}/receive_supplement"
    refused = api.post(path, {"form": {**ANSWERS, "request": "Khác"}})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["pointer"] == "/form/request"
    assert api.post(path, {"form": {**ANSWERS, "request": ""}}).status_code == 200


def test_a_form_that_was_filled_in_is_not_blanked(asked: Any, cast: Cast, client_for: SignIn) -> None:
    version = DeskRecord.objects.get(dossier=asked).version
    blank = {name: "" for name in posted() if not name.startswith("form.siblings")}
    sent = {**blank, "form-shown": [*blank, "form.siblings"], "version": version}
    address = f"/dossiers/{asked.code}/verbs/receive_supplement/"
    assert client_for(cast.clerk).post(address, sent).status_code == 400
    assert kept(asked)["child_name"] == "Vừ Mí Dế"


@pytest.mark.usefixtures("frozen_clock", "small_tree")
def test_a_counter_of_another_unit_changes_no_answer_either(cast: Cast) -> None:
    code = received_for_another(cast)
    path = f"/dossiers/{code}/receive_supplement"
    assert Api(cast.clerk).post(path, {"form": {**ANSWERS, "sex": "nu"}}).status_code == 403
    assert Dossier.objects.get().state == "awaiting_supplement"
    assert Api(cast.clerk).post(path, {}).status_code == 200


def test_a_choice_that_is_no_longer_offered_stays(asked: Any, holder: Client) -> None:
    rewritten("needs", options=(Option(value="ban_sao", label="Cấp bản sao trích lục"),))
    sent = {**posted(born_on="28/2/2026"), "form-shown": "form.needs"}
    del sent["form.needs"]
    assert holder.post(page_of(asked), sent).status_code == 302
    offer = SupplementOffer.objects.get()
    assert [change["label"] for change in offer.form["changes"]] == ["Ngày sinh"]
    assert offer.form["form"]["answers"]["needs"] == ["bhyt"]


def test_what_a_rewritten_condition_hides_stays(asked: Any, holder: Client) -> None:
    rewritten("hospital", shown_when=ShownWhen(field="born_at", values=("tai_nha",)))
    assert holder.post(page_of(asked), posted(born_on="28/2/2026")).status_code == 302
    kept_form = SupplementOffer.objects.get().form["form"]
    assert kept_form["answers"]["hospital"] == "Bệnh viện đa khoa tỉnh"
    assert [field["name"] for field in kept_form["fields"]][:5] == list(ANSWERS)[:5]


def test_line_ends_of_a_browser_are_no_correction(asked: Any, holder: Client) -> None:
    desk = DeskRecord.objects.get(dossier=asked)
    desk.form["fields"].append({"name": "words", "label": "Nội dung khác", "kind": "long_text"})
    desk.form["answers"]["words"] = "một\nhai"
    desk.save()
    ask_also(FormField(name="new", label="Mới"))
    sent = {**posted(words="một\r\nhai"), "files": scan("giay.pdf")}
    assert holder.post(page_of(asked), sent).status_code == 302
    assert SupplementOffer.objects.get().form == {}


def test_a_zero_is_an_answer_and_an_unknown_field_is_refused(asked: Any, cast: Cast) -> None:
    api, path = Api(cast.clerk), f"/dossiers/{asked.code}/receive_supplement"
    ask_also(without="hospital")
    refused = api.post(path, {"form": {**ANSWERS, "hospital": "Khác"}})
    assert (refused.status_code, refused.json()["problems"][0]["pointer"]) == (422, "/form/hospital")
    assert api.post(path, {"form": {**ANSWERS, "weight": 0}}).status_code == 200
    assert kept(asked)["weight"] == "0"


def test_what_was_given_before_there_was_a_form_stays(asked: Any, cast: Cast) -> None:
    DeskRecord.objects.filter(dossier=asked).update(form={"plot": "Thửa 12", "note": "abc"})
    answer = Api(cast.clerk).post(f"/dossiers/{asked.code}/receive_supplement", {"form": ANSWERS})
    assert answer.status_code == 200
    form = DeskRecord.objects.get(dossier=asked).form
    assert (form["plot"], form["note"]) == ("Thửa 12", "abc")
    assert form["answers"]["child_name"] == "Vừ Mí Dế"
