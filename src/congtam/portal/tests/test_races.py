"""Many at once: the count of tries is exact, a notice leaves once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from congtam.portal.access.limits import LOOKUP_BY_ADDRESS, TooManyTries, consume
from congtam.portal.models import Notice
from congtam.portal.notices.notices import send_waiting
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
            consume((LOOKUP_BY_ADDRESS, "203.0.113.9"))
        except TooManyTries:
            return False
        return True

    assert sorted(at_once([attempt] * 16)) == [False] * 6 + [True] * 10


def test_two_senders_send_once(db: None, frozen_clock: None, settings: object) -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    for number in range(6):
        Notice.objects.create(
            source=f"outbox:{number}",
            recipient="a@example.vn",
            dossier_code="H-1",
            verb="received",
            dossier_state="received",
            due_at=moment,
            created_at=moment,
        )
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port  # type: ignore[attr-defined]
        settings.CONGTAM_SENDS_EMAIL = True  # type: ignore[attr-defined]
        assert sum(at_once([send_waiting] * 3)) == 6
        assert len(server.mails) == 6
    assert not Notice.objects.exclude(state="sent").exists()
