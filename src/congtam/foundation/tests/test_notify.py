"""Notifications: written once with the change, mailed until they arrive, shown at the desk until they are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from congtam.foundation import notification_kinds
from congtam.foundation.domain.references import Ref
from congtam.foundation.domain.roles import Actor
from congtam.foundation.mailing import delete_sent_notifications, send_mails
from congtam.foundation.models import Account, DeliveryState, Notification, NotificationChannel
from congtam.foundation.notification_kinds import NotificationText, declare_notification
from congtam.foundation.notify import (
    NewNotification,
    Recipient,
    mark_read,
    notify,
    notify_all,
    unread_summary,
    withdraw,
)
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
APPLICANT = Recipient(email="my@example.vn")
OFFICER = Recipient(username="officer")
TASK = Ref("task", "T-1")


@pytest.fixture(autouse=True)
def kind(settings: Any, frozen_clock: FixedClock) -> Iterator[None]:
    """A kind of the test's own, and a mail server that takes everything."""
    settings.CONGTAM_SENDS_EMAIL = True
    declare_notification(
        "test.reminder",
        render=lambda row: NotificationText(
            subject=f"Task {row.subject_code}", body=row.data.get("text", "…")
        ),
    )
    yield
    del notification_kinds._kinds["test.reminder"]


def actor(username: str) -> Actor:
    return Actor(username=username, name="", grants=())


def test_a_mail_goes_out_with_an_identifier_that_repeats() -> None:
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1", data={"text": "Tới hạn"})
    row = Notification.objects.get()
    assert send_mails() == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Task T-1", "Tới hạn", ["my@example.vn"])
    assert row.code in sent.extra_headers["Message-ID"]


def test_the_same_key_is_written_once_for_each_recipient_and_channel() -> None:
    for _ in range(3):
        notify(
            "test.reminder", to=OFFICER, subject=TASK, dedupe_key="1", channels=(NotificationChannel.DESK,)
        )
        notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1")
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="2")
    assert Notification.objects.count() == 3


def test_a_change_that_is_undone_notifies_nobody() -> None:
    with transaction.atomic():
        notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1")
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


def test_not_before_its_time(frozen_clock: FixedClock) -> None:
    later = frozen_clock.now() + timedelta(days=2)
    both = (NotificationChannel.EMAIL, NotificationChannel.DESK)
    Account.objects.create(username="officer", email="officer@example.vn")
    notify("test.reminder", to=OFFICER, subject=TASK, dedupe_key="1", channels=both, not_before=later)
    assert send_mails() == 0
    assert unread_summary(actor("officer")).waiting == []
    frozen_clock.instant = later
    assert send_mails() == 1
    assert len(unread_summary(actor("officer")).waiting) == 1


def test_a_mail_to_an_account_goes_to_the_address_it_has_now() -> None:
    account = Account.objects.create(username="officer", email="old@example.vn")
    notify("test.reminder", to=OFFICER, subject=TASK, dedupe_key="1")
    notify("test.reminder", to=Recipient(username="nobody"), subject=TASK, dedupe_key="1")
    account.email = "new@example.vn"
    account.save()
    assert send_mails() == 1
    assert mail.outbox[0].to == ["new@example.vn"]
    assert Notification.objects.filter(address="").count() == 2, "no copy of the address"
    assert Notification.objects.get(username="nobody").state == DeliveryState.GIVEN_UP


def test_a_digest_lists_what_is_late_and_what_waits(frozen_clock: FixedClock) -> None:
    now, desk = frozen_clock.now(), (NotificationChannel.DESK,)
    for number, due in enumerate((None, now + timedelta(days=3), now + timedelta(days=1)), start=1):
        notify(
            "test.reminder", to=OFFICER, subject=Ref("task", f"T-{number}"), dedupe_key=str(number),
            channels=desk, due_at=due,
        )  # fmt: skip
    assert [row.subject_code for row in unread_summary(actor("officer")).waiting] == ["T-3", "T-2", "T-1"]
    frozen_clock.advance(timedelta(days=2))
    found = unread_summary(actor("officer"))
    assert ([row.subject_code for row in found.late], len(found.waiting)) == (["T-3"], 2)
    assert unread_summary(actor("somebody")).waiting == unread_summary(actor("")).waiting == []


def test_what_was_read_is_over_and_only_its_reader_may_say_so() -> None:
    notify("test.reminder", to=OFFICER, subject=TASK, dedupe_key="1", channels=(NotificationChannel.DESK,))
    code = Notification.objects.get().code
    with pytest.raises(NotFound):
        mark_read(code, actor=actor("somebody"))
    mark_read(code, actor=actor("officer"))
    assert unread_summary(actor("officer")).waiting == []


def test_what_nobody_needs_any_more_is_taken_back(frozen_clock: FixedClock) -> None:
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="sent")
    send_mails()
    later = frozen_clock.now() + timedelta(days=1)
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1", not_before=later)
    notify("test.reminder", to=OFFICER, subject=TASK, dedupe_key="1", channels=(NotificationChannel.DESK,))
    notify("test.reminder", to=APPLICANT, subject=Ref("task", "T-2"), dedupe_key="2", not_before=later)
    assert withdraw(TASK, kind="test.reminder") == 2
    assert set(Notification.objects.values_list("dedupe_key", flat=True)) == {"sent", "2"}


def test_addresses_go_some_time_after_the_mail(frozen_clock: FixedClock) -> None:
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1")
    send_mails()
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="2")
    notify("test.reminder", to=OFFICER, subject=TASK, dedupe_key="3", channels=(NotificationChannel.DESK,))
    frozen_clock.advance(timedelta(days=91))
    assert delete_sent_notifications() == 1
    assert Notification.objects.filter(dedupe_key__in=["2", "3"]).count() == 2


def test_without_a_mail_server_they_wait(settings: Any) -> None:
    settings.CONGTAM_SENDS_EMAIL = False
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1")
    assert send_mails() == 0
    assert Notification.objects.get().state == DeliveryState.WAITING


def test_mistakes_of_a_program_are_refused() -> None:
    with pytest.raises(ValueError, match="recipient"):
        Recipient(username="a", email="b@c.vn")
    with pytest.raises(ValueError, match="recipient"):
        Recipient()
    with pytest.raises(ValueError, match="declared"):
        notify_all([NewNotification(kind="x.unknown", to=APPLICANT, subject=TASK, dedupe_key="1")])
    with pytest.raises(ValueError, match="desk of an account"):
        notify(
            "test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1", channels=(NotificationChannel.DESK,)
        )
    for key in ("a\x00b", "\ud800"):
        with pytest.raises(ValueError, match="dedupe key"):
            notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key=key)


def test_the_database_knows_one_recipient_too() -> None:
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="1")
    with pytest.raises(IntegrityError, match="notification_one_recipient"):
        Notification.objects.update(channel=NotificationChannel.DESK)


def test_a_text_that_cannot_be_written_holds_up_nobody() -> None:
    declare_notification("test.broken", render=lambda row: NotificationText(subject=row.data["missing"]))
    notify("test.broken", to=APPLICANT, subject=TASK, dedupe_key="1")
    notify("test.reminder", to=APPLICANT, subject=TASK, dedupe_key="2")
    assert send_mails() == 1
    broken, sent = Notification.objects.order_by("pk")
    assert (broken.state, broken.attempts, sent.state) == (DeliveryState.WAITING, 1, DeliveryState.SENT)
    assert "KeyError" in broken.last_error
    del notification_kinds._kinds["test.broken"]
