"""What was filled in is corrected with a supplement: by the applicant online, by the clerk, by a program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.public import altered_desks
from congtam.kernel.clock import FixedClock
from congtam.portal.models import SupplementOffer
from congtam.portal.tests.corrections.pages import ANSWERS, kept, page_of, posted, received_for_another
from congtam.portal.tests.one_stop import DeskRecord, Dossier
from congtam.portal.tests.visitor import scan
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def test_the_applicant_corrects_the_form_without_a_file(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn
) -> None:
    shown = holder.get(page_of(asked)).content.decode()
    assert "Khai sai ngày" in shown
    assert 'value="01/03/2026"' in shown
    assert "Vừ Mí Sính" in shown
    assert holder.post(page_of(asked), posted(born_on="28/2/2026")).status_code == 302
    assert kept(asked)["born_on"] == "2026-03-01"
    clerk = client_for(cast.clerk)
    offers = clerk.get("/public/desk/supplements/").content.decode()
    assert offers.index("01/03/2026") < offers.index("28/02/2026")
    offer = SupplementOffer.objects.get()
    assert [change["label"] for change in offer.form["changes"]] == ["Ngày sinh"]
    clerk.post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"})
    assert Dossier.objects.get(code=asked.code).state == "in_progress"
    assert kept(asked) == kept(asked) | {"born_on": "2026-02-28", "child_name": "Vừ Mí Dế"}
    assert not list(altered_desks())
    told = clerk.get(f"/dossiers/{asked.code}/").content.decode()
    assert "<del>01/03/2026</del> → <ins>28/02/2026</ins>" in told
    assert "28/02/2026" in holder.get(f"/public/dossier/{asked.code}/").content.decode()


def test_a_wrong_correction_is_told_and_nothing_is_sent(asked: Any, holder: Client) -> None:
    answer = holder.post(page_of(asked), posted(born_on="31/2/2026", mother=""))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="31/2/2026"' in told
    assert "<details" in told
    assert " open>" in told
    assert not SupplementOffer.objects.exists()


def test_a_condition_asks_for_more_before_it_is_sent(asked: Any, holder: Client) -> None:
    answer = holder.post(page_of(asked), posted(born_at="tai_nha"))
    assert answer.status_code == 422
    assert "Người làm chứng" in answer.content.decode()
    assert holder.post(page_of(asked), posted(born_at="tai_nha", witness="Sùng Mí Pó")).status_code == 302
    changed = {each["label"]: each for each in SupplementOffer.objects.get().form["changes"]}
    assert changed["Người làm chứng"]["before"] == ""
    assert changed["Tên cơ sở y tế"]["after"] == ""


def test_neither_file_nor_correction_is_nothing(asked: Any, holder: Client) -> None:
    answer = holder.post(page_of(asked), posted())
    assert answer.status_code == 422
    assert "Đính kèm ít nhất một tệp, hoặc sửa nội dung đã khai." in answer.content.decode()
    assert holder.post(page_of(asked), {**posted(), "files": scan("giay.pdf")}).status_code == 302
    assert SupplementOffer.objects.get().form == {}


def test_a_row_is_added_without_sending(asked: Any, holder: Client) -> None:
    answer = holder.post(page_of(asked), {**posted(), "add-row": "form.siblings"})
    assert answer.status_code == 200
    assert 'name="form.siblings.1.name"' in answer.content.decode()
    assert not SupplementOffer.objects.exists()


def test_the_time_of_a_correction_counts_from_when_it_was_sent(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn, frozen_clock: FixedClock
) -> None:
    frozen_clock.advance(timedelta(hours=1))
    sent_at = frozen_clock.now()
    holder.post(page_of(asked), posted(born_on="28/2/2026"))
    frozen_clock.advance(timedelta(days=1))
    offer = SupplementOffer.objects.get()
    client_for(cast.clerk).post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"})
    assert Dossier.objects.get(code=asked.code).suspensions.get().ended_at == sent_at


def test_the_clerk_corrects_it_with_the_applicant(asked: Any, cast: Cast, client_for: SignIn) -> None:
    clerk, address = client_for(cast.clerk), f"/dossiers/{asked.code}/verbs/receive_supplement/"
    shown = clerk.get(address).content.decode()
    assert 'value="01/03/2026"' in shown
    version = DeskRecord.objects.get(dossier=asked).version
    wrong = clerk.post(address, {**posted(born_on="1/4/2030"), "version": version})
    assert wrong.status_code == 400
    assert 'value="1/4/2030"' in wrong.content.decode()
    assert kept(asked)["born_on"] == "2026-03-01"
    assert clerk.post(address, {**posted(born_on="28/2/2026"), "version": version}).status_code == 302
    assert kept(asked)["born_on"] == "2026-02-28"
    assert Dossier.objects.get(code=asked.code).state == "in_progress"


def test_the_clerk_is_told_of_what_waits_online(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn
) -> None:
    address, clerk = f"/dossiers/{asked.code}/verbs/receive_supplement/", client_for(cast.clerk)
    assert "/public/desk/supplements/" not in clerk.get(address).content.decode()
    holder.post(page_of(asked), posted(born_on="28/2/2026"))
    assert "/public/desk/supplements/" in clerk.get(address).content.decode()


def test_papers_alone_leave_the_form_as_it_is(asked: Any, cast: Cast, client_for: SignIn) -> None:
    before = DeskRecord.objects.get(dossier=asked)
    address = f"/dossiers/{asked.code}/verbs/receive_supplement/"
    sent = {**posted(), "ticked": "1", "papers.1.originals": "1", "version": before.version}
    assert client_for(cast.clerk).post(address, sent).status_code == 302
    assert DeskRecord.objects.get(dossier=asked).form == before.form
    letter = asked.letters.get(kind="supplement")
    assert "form" not in letter.answer


def test_a_program_corrects_it_with_all_answers(asked: Any, cast: Cast) -> None:
    api, path = Api(cast.clerk), f"/dossiers/{asked.code}/receive_supplement"
    refused = api.post(path, {"form": {**ANSWERS, "born_on": "2026-02-31", "elsewhere": "x"}})
    assert refused.status_code == 422
    assert {each["pointer"] for each in refused.json()["problems"]} >= {"/form/born_on", "/form/elsewhere"}
    assert Dossier.objects.get(code=asked.code).state == "awaiting_supplement"
    assert api.post(path, {"form": {**ANSWERS, "born_on": "2026-02-28"}}).status_code == 200
    assert kept(asked)["born_on"] == "2026-02-28"
    (change,) = asked.letters.get(kind="supplement").answer["form"]
    assert (change["label"], change["before"], change["after"]) == ("Ngày sinh", "01/03/2026", "28/02/2026")


def test_who_may_not_know_the_person_does_not_read_the_correction(
    asked: Any, holder: Client, cast: Cast, *, client_for: SignIn
) -> None:
    holder.post(page_of(asked), posted(born_on="28/2/2026"))
    offer = SupplementOffer.objects.get()
    client_for(cast.clerk).post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"})
    observer = client_for(cast.observer)
    assert "28/02/2026" not in observer.get(f"/dossiers/{asked.code}/").content.decode()


@pytest.mark.usefixtures("frozen_clock", "small_tree")
def test_a_counter_that_took_it_in_for_another_unit_reads_no_answer(cast: Cast, client_for: SignIn) -> None:
    code = received_for_another(cast)
    shown = client_for(cast.clerk).get(f"/dossiers/{code}/verbs/receive_supplement/")
    assert shown.status_code == 200
    assert "form.born_on" not in shown.content.decode()


def test_the_desk_reads_the_correction_through_the_api(asked: Any, holder: Client, cast: Cast) -> None:
    holder.post(page_of(asked), posted(born_on="28/2/2026"))
    (told,) = Api(cast.clerk).get("/supplements").json()["items"]
    assert told["form"] == [{"label": "Ngày sinh", "before": "01/03/2026", "after": "28/02/2026"}]
