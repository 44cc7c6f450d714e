"""Filing online: nothing typed is lost, nothing wrong gets through, nobody else reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client

from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.portal.access.web import uploads
from congtam.portal.filing.drafts import delete_expired_drafts
from congtam.portal.models import Draft
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests import visitor
from congtam.portal.tests.one_stop import Filing
from congtam.portal.tests.visitor import begin, fill, put, scan
from congtam.procedures.public import Amount, ChannelLimit, Content, TimeLimit, TimeUnit, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> None: ...


def test_what_was_typed_comes_back_with_what_is_wrong(client: Client) -> None:
    draft = begin(client)
    typed = {**visitor.PERSON, "phone": "12", "email": "nobody", "id_number": "7"}
    answer = put(client, draft, "person", **typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.count('aria-invalid="true"') == 3
    assert 'value="nobody"' in text
    again = client.get(f"/public/draft/{draft.key}/person/").content.decode()
    assert "Giàng Thị Say" in again


def test_sending_tells_everything_that_is_missing(client: Client) -> None:
    draft = begin(client)
    answer = put(client, draft, "check", truth="1")
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("cơ quan nhận hồ sơ", "họ và tên", "Thiếu: Tờ khai", "cách nhận kết quả"):
        assert words in text
    assert not Filing.objects.exists()


def test_sent_twice_is_filed_once(client: Client, frozen_clock: FixedClock) -> None:
    draft = begin(client)
    fill(client, draft)
    frozen_clock.advance(timedelta(minutes=3))
    first, second = put(client, draft, "check", truth="1"), put(client, draft, "check", truth="1")
    assert first.headers["Location"] == second.headers["Location"]
    assert Filing.objects.count() == 1
    draft.refresh_from_db()
    assert (draft.answers, draft.files) == ({}, [])


def _ticket(answer: HttpResponse) -> str:
    """The question whether a person sends this, as the page carries it."""
    match = re.search(r'name="second_look" value="([^"]+)"', answer.content.decode())
    assert match, "no second look was offered"
    return match[1]


def test_a_program_does_not_get_through(client: Client, frozen_clock: FixedClock) -> None:
    draft = begin(client)
    fill(client, draft)
    too_fast = put(client, draft, "check", truth="1")
    at_once = put(client, draft, "check", truth="1", second_look=_ticket(too_fast))
    made_up = put(client, draft, "check", truth="1", second_look="made-up")
    assert _ticket(at_once)
    assert _ticket(made_up)
    frozen_clock.advance(timedelta(minutes=3))
    assert put(client, draft, "check").status_code == 422
    assert not Filing.objects.exists()
    assert put(client, draft, "check", truth="1").status_code == 302


def test_whose_browser_fills_everything_confirms_and_files(client: Client, frozen_clock: FixedClock) -> None:
    draft = begin(client)
    fill(client, draft)
    frozen_clock.advance(timedelta(minutes=3))
    page = client.get(f"/public/draft/{draft.key}/check/").content.decode()
    trap = re.search(r'<input name="(\w+)" tabindex="-1" autocomplete="off"', page)
    assert trap
    assert trap[1] not in {"website", "url", "email", "name", "phone", "address", "company"}

    asked = put(client, draft, "check", truth="1", **{trap[1]: "https://example.vn"})

    text = asked.content.decode()
    assert asked.status_code == 200
    assert "Đúng, nộp hồ sơ" in text
    assert "Lỗi:" not in text
    assert 'name="truth" value="1" checked' in text
    frozen_clock.advance(timedelta(seconds=4))
    assert put(client, draft, "check", truth="1", second_look=_ticket(asked)).status_code == 302
    assert Filing.objects.count() == 1


def test_the_answer_for_one_draft_opens_no_other(client: Client, frozen_clock: FixedClock) -> None:
    first, second = begin(client), begin(client)
    fill(client, second)
    asked = put(client, second, "check", truth="1")
    ticket = _ticket(asked)
    fill(client, first)
    frozen_clock.advance(timedelta(seconds=4))
    assert _ticket(put(client, first, "check", truth="1", second_look=ticket))
    assert not Filing.objects.exists()


def test_nobody_else_reads_a_draft(client: Client) -> None:
    draft = begin(client)
    fill(client, draft)
    for stranger in (Client(), _with_a_draft_of_its_own()):
        assert stranger.get(f"/public/draft/{draft.key}/person/").status_code == 404
        assert put(stranger, draft, "person", name="X").status_code == 404
    assert "Giàng" not in Client().get("/public/").content.decode()


def _with_a_draft_of_its_own() -> Client:
    stranger = Client()
    begin(stranger)
    return stranger


def test_a_draft_ends_after_thirty_days(client: Client, frozen_clock: FixedClock) -> None:
    draft = begin(client)
    frozen_clock.advance(timedelta(days=30, minutes=1))
    assert client.get(f"/public/draft/{draft.key}/person/").status_code == 404
    assert delete_expired_drafts() == 1
    assert not Draft.objects.exists()


def test_a_script_in_a_field_is_shown_as_text(client: Client) -> None:
    draft = begin(client)
    put(client, draft, "content", **{"form.request": "<script>alert(1)</script>"})
    text = client.get(f"/public/draft/{draft.key}/check/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("virus.pdf", b"MZ\x90\x00" + b"\x00" * 64, id="a program named .pdf"),
        pytest.param("page.html", b"<html><script>alert(1)</script>", id="a page"),
        pytest.param("anh.png", b"%PDF-1.7 not a picture", id="a PDF named .png"),
        pytest.param("rong.pdf", b"", id="nothing"),
    ],
)
def test_a_file_is_what_its_name_says(client: Client, name: str, content: bytes) -> None:
    draft = begin(client)
    answer = put(client, draft, "papers", **{"papers.0": scan(name, content)})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.files == []


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "/etc/cron.d/x.pdf"])
def test_a_name_with_folders_stays_a_name(client: Client, name: str) -> None:
    draft = begin(client)
    put(client, draft, "papers", **{"papers.0": scan(name)})
    draft.refresh_from_db()
    assert [each["name"] for each in draft.files] in (["passwd.pdf"], ["x.pdf"], [])


def test_a_file_can_be_taken_out_again(client: Client) -> None:
    draft = begin(client)
    fill(client, draft)
    draft.refresh_from_db()
    put(client, draft, "papers", remove=draft.files[0]["key"])
    draft.refresh_from_db()
    assert [each["name"] for each in draft.files] == ["giay-xac-nhan.pdf"]


def test_no_unit_that_does_not_carry_it_out(client: Client) -> None:
    draft = begin(client)
    assert put(client, draft, "office", unit_code="02").status_code == 422
    assert put(client, draft, "office", unit_code="9999").status_code == 422
    assert put(client, draft, "office", unit_code=visitor.WARD).status_code == 302


def test_what_no_office_carries_out_cannot_be_begun(client: Client) -> None:
    limit = TimeLimit("01 ngày", Amount(Decimal(1), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Việc của bộ", levels=("ministry",), limits=(ChannelLimit(channel="online", limit=limit),)
    )
    enter_procedure_list({"9.999999": content}, valid_from=None, source="test", actor=console_actor())
    for answer in (client.get("/public/file/9.999999/"), client.post("/public/file/9.999999/")):
        assert answer.status_code == 200
        assert "Hiện không có cơ quan nào" in answer.content.decode()
    assert not Draft.objects.exists()
    page = client.get("/public/procedures/9.999999/").content.decode()
    assert "Hiện không có cơ quan nào" in page
    assert "/public/file/9.999999/" not in page


def test_drafts_are_limited_by_address(client: Client) -> None:
    answers = [client.post(f"/public/file/{desk.MARRIAGE}/").status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


def test_a_filing_opens_by_its_own_codes_only(client: Client, frozen_clock: FixedClock) -> None:
    filing = visitor.file(client, frozen_clock)
    stranger = Client()
    assert stranger.get(f"/public/dossier/{filing.code}/").status_code == 302
    assert visitor.show_slip(stranger, filing.code, "AAAA2222").status_code == 422
    assert visitor.show_slip(stranger, filing.code, filing.lookup_secret).status_code == 302
    assert filing.lookup_secret in stranger.get(f"/public/dossier/{filing.code}/").content.decode()


def test_a_form_that_a_browser_sends_is_taken() -> None:
    """With no-referrer a browser would name its origin "null", and every form would be refused."""
    client, path = Client(enforce_csrf_checks=True), f"/public/file/{desk.MARRIAGE}/"
    assert client.get(path).headers["Referrer-Policy"] == "same-origin"
    assert client.post(path).status_code == 403
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(path, token, headers={"Origin": "http://testserver"}).status_code == 302


def test_a_flood_is_refused_before_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    draft = begin(client)
    answer = put(client, draft, "papers", **{"papers.0": scan("lon.pdf", visitor.PDF + b" " * 2000)})
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert draft.files == []


@pytest.mark.parametrize("code", ["//evil.example", "..%2f..%2fevil.example", "http:evil.example"])
def test_no_way_leads_off_the_site(client: Client, code: str) -> None:
    for path in (f"/public/t/{code}/?k=X", f"/public/dossier/{code}/", "/public/lookup/?next=//evil.example"):
        target = client.get(path).headers.get("Location", "/public/")
        assert target.startswith("/public/")
