"""What strangers may not do to others: hold up their mail, fill the disk, read what they sent on a shared machine."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from congtam.dossiers.applicant.public import IncomingFile
from congtam.dossiers.files.public import take_file
from congtam.dossiers.public import request_supplement
from congtam.foundation.files import damaged_files, stored_path
from congtam.foundation.notify import Notification, send_mails
from congtam.foundation.public import drain_outbox
from congtam.foundation.web.addresses import client_address
from congtam.kernel.clock import FixedClock
from congtam.portal.access.web import uploads
from congtam.portal.filing.drafts import delete_expired_drafts
from congtam.portal.models import Draft
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests import visitor
from congtam.portal.tests.one_stop import Party
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing, decline_filing
from congtam.testing.mail_server import mail_server
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
StoredFile: Any = apps.get_model("foundation", "StoredFile")


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def open_desk(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> Cast:
    return cast


@pytest.mark.parametrize("address", ["a@b.vn\nBcc: c@d.vn", "a@b.vn, c@d.vn", "không phải địa chỉ"])
def test_an_impossible_address_holds_up_nobody(open_desk: Cast, settings: Any, address: str) -> None:
    for email in (address, "my@example.vn"):
        Party.objects.filter(dossier=desk.received(open_desk)).update(email=email)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.CONGTAM_SENDS_EMAIL = True
        drain_outbox()
        assert send_mails() == 1
        assert send_mails() == 0
        assert [b"my@example.vn" in mail for mail in server.mails] == [True]
    assert sorted(Notification.objects.values_list("state", flat=True)) == ["given_up", "sent"]


def test_papers_are_not_kept_while_others_wait(open_desk: Cast, client: Client) -> None:
    dossier = desk.handled(open_desk)
    request_supplement(dossier.code, missing=["Căn cước"], reason="", actor=desk.part(open_desk, "officer"))
    visitor.show_slip(client, dossier.code, desk.secret_of(dossier))
    path = f"/public/dossier/{dossier.code}/supplement/"
    assert client.post(path, {"files": visitor.scan()}).status_code == 302
    more = visitor.scan("them.pdf", visitor.PDF + b"2")
    assert client.post(path, {"files": more}).status_code == 400
    assert not StoredFile.objects.filter(name="them.pdf").exists()


def test_strangers_are_bounded_wherever_they_send(
    open_desk: Cast, client_for: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    statuses = [
        client.post(path, {"login": "a", "file": SimpleUploadedFile("x.bin", b" " * 2000)}).status_code
        for client, path in (
            (Client(), "/accounts/login/"),
            (client_for(open_desk.officer), "/dossiers/receive/"),
        )
    ]
    assert statuses == [400, 403]


def test_an_old_address_dressed_as_a_new_one_is_itself() -> None:
    requests = [RequestFactory().get("/", REMOTE_ADDR=f"::ffff:203.0.113.{n}") for n in (1, 2)]
    assert [client_address(request) for request in requests] == ["203.0.113.1", "203.0.113.2"]


def test_what_was_sent_opens_without_the_slip_for_a_while_only(
    open_desk: Cast, client: Client, frozen_clock: FixedClock
) -> None:
    draft = visitor.begin(client)
    visitor.fill(client, draft)
    frozen_clock.advance(timedelta(minutes=4))
    visitor.put(client, draft, "check", truth="1")
    address = f"/public/draft/{draft.key}/check/"
    assert client.get(address).headers["Location"].endswith("?sent=1")
    client.post("/public/close/")
    assert client.get(address).status_code == 404, "its key went with it"


def test_later_the_slip_is_asked_for(open_desk: Cast, client: Client, frozen_clock: FixedClock) -> None:
    draft = visitor.begin(client)
    visitor.fill(client, draft)
    frozen_clock.advance(timedelta(minutes=4))
    visitor.put(client, draft, "check", truth="1")
    del client.cookies["congtam_slips"]
    frozen_clock.advance(timedelta(minutes=31))
    answer = client.get(f"/public/draft/{draft.key}/check/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/public/lookup/")


def test_leaving_keeps_what_is_being_written(open_desk: Cast, client: Client) -> None:
    draft = visitor.begin(client)
    client.post("/public/close/")
    assert client.get(f"/public/draft/{draft.key}/office/").status_code == 200


def test_files_nobody_sent_do_not_stay(open_desk: Cast, client: Client, frozen_clock: FixedClock) -> None:
    draft = visitor.begin(client)
    kept, own = visitor.scan("chung.pdf"), visitor.scan("rieng.pdf", visitor.PDF + b"%2")
    visitor.put(client, draft, "papers", **{"papers.0": kept, "papers.1": own})
    draft.refresh_from_db()
    shared, alone = (stored_path(each["digest"]) for each in draft.files)
    take_file(IncomingFile(io.BytesIO(visitor.PDF), "cua-toi.pdf"), actor=desk.part(open_desk, "clerk"))
    frozen_clock.advance(timedelta(days=31))
    assert delete_expired_drafts() == 1
    assert (shared.is_file(), alone.is_file()) == (True, False)
    assert StoredFile.objects.values_list("stored_by", flat=True).get() == "clerk"


def test_a_file_taken_out_is_gone_and_one_that_was_sent_stays(
    open_desk: Cast, client: Client, frozen_clock: FixedClock
) -> None:
    draft = visitor.begin(client)
    visitor.put(client, draft, "papers", files=visitor.scan("nham.pdf", visitor.PDF + b"%3"))
    draft.refresh_from_db()
    wrong = stored_path(draft.files[0]["digest"])
    visitor.put(client, draft, "papers", remove=draft.files[0]["key"])
    assert not wrong.exists()
    filing = visitor.file(client, frozen_clock)
    frozen_clock.advance(timedelta(days=31))
    delete_expired_drafts()
    assert all(stored_path(each["digest"]).is_file() for each in filing.files)


@pytest.mark.parametrize("is_taken_out", [True, False])
def test_a_file_of_what_was_turned_down_outlives_the_draft_that_mends_it(
    open_desk: Cast, client: Client, frozen_clock: FixedClock, *, is_taken_out: bool
) -> None:
    filing = visitor.file(client, frozen_clock)
    decline_filing(filing.code, reason="Thiếu chữ ký", actor=desk.part(open_desk, "clerk"))
    for _mended in range(2):
        draft = draft_of(client.post(f"/public/file/{desk.MARRIAGE}/", {"earlier": filing.code}))
        for file in draft.files if is_taken_out else ():
            visitor.put(client, draft, "papers", remove=file["key"])
    frozen_clock.advance(timedelta(days=31))
    delete_expired_drafts()
    assert not Draft.objects.filter(filing_code="").exists()
    assert all(stored_path(each["digest"]).is_file() for each in filing.files)
    assert not list(damaged_files())


def draft_of(answer: Any) -> Draft:
    return Draft.objects.get(key=answer.headers["Location"].split("/")[3])


@pytest.mark.parametrize("code", ["\x00", "H22\x00-1", "\u202eH22"])
def test_signs_that_cannot_be_stored_are_no_fault_of_the_server(
    open_desk: Cast, client: Client, code: str
) -> None:
    assert visitor.show_slip(client, code, "\x00").status_code == 422


def test_the_slip_of_a_filing_opens_every_page_of_its_dossier(
    open_desk: Cast, client: Client, frozen_clock: FixedClock
) -> None:
    filing = visitor.file(client, frozen_clock)
    code = accept_filing(filing.code, actor=desk.part(open_desk, "clerk")).code
    request_supplement(code, missing=["Căn cước"], reason="", actor=desk.part(open_desk, "clerk"))
    stranger = Client()
    assert stranger.get(f"/public/dossier/{code}/letter/1/").status_code == 404
    visitor.show_slip(stranger, filing.code, filing.lookup_secret)
    answer = stranger.get(f"/public/dossier/{filing.code}/")
    assert answer.headers["Location"] == f"/public/dossier/{code}/"
    assert stranger.get(f"/public/dossier/{code}/letter/1/").status_code == 200
