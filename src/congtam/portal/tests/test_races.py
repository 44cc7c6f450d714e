"""Many at once: the count of tries is exact, a notice leaves once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from congtam.foundation.notify import NewNotification, Notification, Recipient, Ref, notify_all, send_mails
from congtam.portal.access.limits import LOOKUP_BY_ADDRESS, TooManyTries, consume_tries
from congtam.portal.notices.notices import KIND
from congtam.testing.mail_server import mail_server
from congtam.testing.own_database import at_once, own_database


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Instead of pytest-django's: a copy of the database, in which several connections really commit."""
    with django_db_blocker.unblock(), own_database("portal"):
        yield


def test_the_count_of_tries_is_exact(db: None, frozen_clock: None) -> None:
    def attempt() -> bool:
        try:
            consume_tries((LOOKUP_BY_ADDRESS, "203.0.113.9"))
        except TooManyTries:
            return False
        return True

    assert sorted(at_once([attempt] * 16)) == [False] * 6 + [True] * 10


def test_two_senders_send_once(db: None, frozen_clock: None, settings: object) -> None:
    notify_all(
        NewNotification(
            kind=KIND,
            to=Recipient(email="a@example.vn"),
            subject=Ref("dossier", "H-1"),
            dedupe_key=f"outbox:{number}",
            data={"key": "received", "state": "received"},
        )
        for number in range(6)
    )
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port  # type: ignore[attr-defined]
        settings.CONGTAM_SENDS_EMAIL = True  # type: ignore[attr-defined]
        assert sum(at_once([send_mails] * 3)) == 6
        assert len(server.mails) == 6
    assert not Notification.objects.exclude(state="sent").exists()
