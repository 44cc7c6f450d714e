"""Notices by e-mail: each change once, through a mail server that fails at times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message

import pytest
from django.test import Client

from congtam.dossiers.public import hand_over, request_supplement
from congtam.foundation.notify import Notification, send_mails
from congtam.foundation.public import OutboxMessage as Told
from congtam.foundation.public import drain_outbox
from congtam.kernel.clock import FixedClock
from congtam.portal.notices.notices import notify_changes
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests.one_stop import Outbox, Party
from congtam.testing.cast import Cast
from congtam.testing.mail_server import MailServer, mail_server
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def code(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> str:
    """A dossier whose applicant gave an address."""
    dossier = desk.received(cast)
    Party.objects.filter(dossier=dossier).update(email="my@example.vn")
    return str(dossier.code)


@pytest.fixture
def server(settings: object) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port  # type: ignore[attr-defined]
        settings.CONGTAM_SENDS_EMAIL = True  # type: ignore[attr-defined]
        yield running


def text_of(mail: Message) -> str:
    return mail.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_a_change_arrives_as_plain_words(code: str, cast: Cast, server: MailServer) -> None:
    drain_outbox()
    request_supplement(code, missing=["Căn cước của Vừ Thị Mỷ"], reason="", actor=desk.part(cast, "clerk"))
    drain_outbox()
    assert send_mails() == 2
    mail = message_from_bytes(server.mails[-1])
    assert mail["To"] == "my@example.vn"
    assert mail["Message-ID"].startswith("<notice-")
    text = text_of(mail)
    assert code in text
    assert "cần bổ sung giấy tờ" in text
    assert "/public/lookup/" in text
    for personal in ("Mỷ", "Căn cước", "0912"):
        assert personal not in text


def test_longer_time_to_supplement_is_told(code: str, cast: Cast, server: MailServer) -> None:
    """The calendar was corrected; the state is the one the applicant knows already."""
    asked = request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "clerk"))
    drain_outbox()
    told = {"codes": [code], "verb": "supplement_recomputed", "state": asked.state, "unit": asked.unit_code}
    notify_changes([Told(id=999_999, topic="dossiers.changed", key=code, payload=told)])
    assert send_mails() == 3
    text = text_of(message_from_bytes(server.mails[-1]))
    assert "có thêm thời gian bổ sung giấy tờ" in text
    assert "01/04/2026" in text


def test_what_is_told_again_makes_no_second_notice(code: str) -> None:
    drain_outbox()
    Outbox.objects.update(handled_at=None)
    drain_outbox()
    assert Notification.objects.count() == 1
    row = Outbox.objects.get(topic="dossiers.changed")
    notify_changes([Told(id=row.pk, topic=row.topic, key=row.key, payload=row.payload)] * 3)
    assert Notification.objects.count() == 1


def test_a_failing_server_is_tried_again(code: str, server: MailServer, frozen_clock: FixedClock) -> None:
    drain_outbox()
    server.refuses = 2
    assert send_mails() == 0
    assert send_mails() == 0, "not before its time"
    held = Notification.objects.get()
    assert (held.state, held.attempts) == ("waiting", 1)
    assert "my@example.vn" not in held.last_error
    frozen_clock.advance(timedelta(hours=1))
    assert send_mails() == 0
    frozen_clock.advance(timedelta(hours=1))
    assert send_mails() == 1
    assert send_mails() == 0
    assert len(server.mails) == 1


def test_nine_failures_are_enough(code: str, server: MailServer, frozen_clock: FixedClock) -> None:
    drain_outbox()
    server.refuses = 99
    for _ in range(12):
        send_mails()
        frozen_clock.advance(timedelta(hours=7))
    held = Notification.objects.get()
    assert (held.state, held.attempts) == ("given_up", 9)


def test_without_a_server_notices_wait_and_say_so(
    *, code: str, cast: Cast, client_for: object, settings: object
) -> None:
    settings.CONGTAM_SENDS_EMAIL = False  # type: ignore[attr-defined]
    drain_outbox()
    assert send_mails() == 0
    page = client_for(cast.administrator).get("/public/desk/notices/")  # type: ignore[operator]
    assert "chưa khai báo máy chủ thư" in page.content.decode()
    assert code in page.content.decode()
    assert client_for(cast.clerk).get("/public/desk/notices/").status_code == 403  # type: ignore[operator]


def test_moves_inside_the_office_are_not_told(code: str, cast: Cast) -> None:
    drain_outbox()
    hand_over(code, actor=desk.part(cast, "clerk"))
    drain_outbox()
    assert Notification.objects.count() == 1


def test_no_address_no_notice(code: str, client: Client) -> None:
    Party.objects.update(email="")
    drain_outbox()
    assert not Notification.objects.exists()
