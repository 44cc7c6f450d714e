"""A form that changes while somebody writes, and long after: nothing lost, nothing read otherwise, nobody told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from congtam.forms.public import FormField
from congtam.foundation.public import actor_for
from congtam.kernel.clock import FixedClock
from congtam.portal.models import Draft
from congtam.portal.tests.one_stop import DeskRecord, Filing, Outbox
from congtam.portal.tests.test_filing_forms import filled, page, sent
from congtam.portal.tests.visitor import put
from congtam.testing.birth_form import BIRTH, FORM, PAGE_1, PAGE_2, change_birth, enter_birth
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing, decline_filing

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 3, 3)
LATER = (
    *(replace(field, label=f"Nay: {field.label}") for field in FORM if field.name != "hospital"),
    FormField(name="ward", label="Phường, xã nơi sinh", section="Nơi sinh"),
)
"""One field is gone, one is new, the others are called otherwise."""


@pytest.fixture(autouse=True)
def at_the_desk(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> None:
    enter_birth()


def test_a_form_that_changes_meanwhile_is_said_so_and_looked_over(
    client: Client, frozen_clock: FixedClock
) -> None:
    draft = filled(client)
    change_birth(LATER, valid_from=TOMORROW)
    frozen_clock.advance(timedelta(days=1))
    text = page(client, draft, "content")
    assert "Tờ khai đã thay đổi" in text
    assert "Phường, xã nơi sinh" in text
    assert "Tên cơ sở y tế" in text
    assert 'value="Vừ Mí Dế"' in text
    refused = put(client, draft, "check", truth="1").content.decode()
    assert "Hãy xem lại toàn bộ" in refused
    assert "Hãy điền “Phường, xã nơi sinh”" in refused
    put(client, draft, "content-2", **{"form.ward": "Quang Trung"})
    check = page(client, draft, "check")
    digest = check.split('name="form_digest" value="')[1][:64]
    assert put(client, draft, "check", truth="1").status_code == 422
    assert put(client, draft, "check", truth="1", form_digest=digest).status_code == 302
    answers = Filing.objects.get().form["answers"]
    assert answers["ward"] == "Quang Trung"
    assert "hospital" not in answers


def test_what_was_filed_is_taken_in_and_read_under_its_own_form(
    client: Client, *, frozen_clock: FixedClock, cast: Cast
) -> None:
    filing = sent(client, frozen_clock)
    change_birth(LATER, valid_from=TOMORROW)
    frozen_clock.advance(timedelta(days=1))
    code = accept_filing(filing.code, actor=actor_for(cast.clerk)).code
    assert DeskRecord.objects.get().form == filing.form
    staff = Client()
    staff.force_login(cast.clerk)
    for path in (f"/dossiers/{code}/", f"/dossiers/filings/{filing.code}/"):
        text = staff.get(path).content.decode()
        assert "Bệnh viện đa khoa tỉnh" in text
        assert "Tên cơ sở y tế" in text
        assert "Nay: " not in text
    assert (
        "Bệnh viện đa khoa tỉnh"
        in client.get(f"/public/dossier/{filing.code}/", follow=True).content.decode()
    )


def test_what_was_turned_down_is_mended_without_typing_it_twice(
    client: Client, *, frozen_clock: FixedClock, cast: Cast
) -> None:
    filing = sent(client, frozen_clock)
    start, form = f"/public/file/{BIRTH}/", {"earlier": filing.code}
    assert not draft_of(client.post(start, form)).answers
    decline_filing(filing.code, reason="Thiếu họ của cha", actor=actor_for(cast.clerk))
    assert "Sửa và nộp lại" in client.get(f"/public/dossier/{filing.code}/").content.decode()
    assert not draft_of(Client().post(start, form)).answers
    draft = draft_of(client.post(start, form))
    assert 'value="01/03/2026"' in page(client, draft, "content")
    assert 'value="Mèo Vạc"' in page(client, draft, "content-2")
    put(client, draft, "content-2", **PAGE_2, **{"form.has_father": "yes", "form.father": "Vừ Mí Chá"})
    frozen_clock.advance(timedelta(minutes=4))
    assert put(client, draft, "check", truth="1").status_code == 302
    first, second = Filing.objects.order_by("pk")
    assert second.form["answers"] == {**first.form["answers"], "has_father": "yes", "father": "Vừ Mí Chá"}
    assert [file["digest"] for file in second.files] == [file["digest"] for file in first.files]


def draft_of(answer: Any) -> Draft:
    return Draft.objects.get(key=answer.headers["Location"].split("/")[3])


def test_an_observer_learns_nothing_of_it(client: Client, *, frozen_clock: FixedClock, cast: Cast) -> None:
    filing = sent(client, frozen_clock)
    code = accept_filing(filing.code, actor=actor_for(cast.clerk)).code
    observer, outsider = Client(), Client()
    observer.force_login(cast.observer)
    outsider.force_login(cast.outsider)
    assert "Vừ Mí Dế" not in observer.get(f"/dossiers/{code}/").content.decode()
    assert observer.get(f"/reports/dossiers/{code}/application.pdf").status_code == 403
    assert outsider.get(f"/reports/dossiers/{code}/application.pdf").status_code == 404
    for person in (observer, outsider):
        assert person.get(f"/reports/dossiers/{filing.code}/application.pdf").status_code == 404
        assert person.get(f"/dossiers/filings/{filing.code}/").status_code in {403, 404}


def test_nothing_of_it_leaves_with_ledger_outbox_or_export(
    client: Client, *, frozen_clock: FixedClock, cast: Cast
) -> None:
    filing = sent(client, frozen_clock)
    code = accept_filing(filing.code, actor=actor_for(cast.clerk)).code
    staff = Client()
    staff.force_login(cast.clerk)
    assert staff.get(f"/reports/dossiers/{code}/application.docx").status_code == 200
    told: list[Any] = [list(Outbox.objects.values()), list(ledger().values())]
    export = b"".join(staff.get("/dossiers/export.csv"))
    for text in (json.dumps(told, default=str, ensure_ascii=False), export.decode(errors="replace")):
        assert str(PAGE_1["form.child_name"]) not in text
        assert "Mèo Vạc" not in text


def ledger() -> Any:
    return apps.get_model("foundation", "AuditEntry").objects
