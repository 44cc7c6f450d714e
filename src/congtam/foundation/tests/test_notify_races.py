"""Notifications that several write, send and withdraw at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from congtam.foundation import notification_kinds
from congtam.foundation.mailing import send_mails
from congtam.foundation.models import DeliveryState, Notification
from congtam.foundation.notification_kinds import NotificationText, declare_notification
from congtam.foundation.notify import NewNotification, Recipient, Ref, notify, notify_all, withdraw
from congtam.kernel.clock import FixedClock
from congtam.testing.own_database import at_once, own_database

APPLICANT, TASK = Recipient(email="my@example.vn"), Ref("task", "T-1")
KIND, WITHDRAWING = "test.reminder", "test.withdrawing"
TEXT = NotificationText(subject="Task", body="…")


def withdraw_while_rendering(_row: Notification) -> NotificationText:
    withdraw(TASK, kind=WITHDRAWING)
    return TEXT


@pytest.fixture(autouse=True)
def kinds(settings: Any, frozen_clock: FixedClock) -> Iterator[None]:
    settings.CONGTAM_SENDS_EMAIL = True
    declare_notification(KIND, render=lambda _row: TEXT)
    declare_notification(WITHDRAWING, render=withdraw_while_rendering)
    yield
    for kind in (KIND, WITHDRAWING):
        del notification_kinds._kinds[kind]


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database, in which several connections really commit."""
    with django_db_blocker.unblock(), own_database("notify"):
        yield


def news(keys: Sequence[int]) -> list[NewNotification]:
    return [NewNotification(kind=KIND, to=APPLICANT, subject=TASK, dedupe_key=f"{key:05}") for key in keys]


def test_two_who_write_the_same_in_opposite_order_both_succeed(own: None) -> None:
    keys = range(3000)

    def write(order: Sequence[int]) -> None:
        with transaction.atomic():
            notify_all(news(order))

    assert at_once([lambda: write(keys), lambda: write(keys[::-1])] * 2) == [None] * 4
    assert Notification.objects.count() == len(keys)


@pytest.mark.django_db
def test_a_mail_withdrawn_while_its_text_is_written_stays_back() -> None:
    notify(WITHDRAWING, to=APPLICANT, subject=TASK, dedupe_key="1")
    assert send_mails() == 0
    assert mail.outbox == []
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_one_withdrawn_before_its_text_fails_is_not_written_again() -> None:
    def fail(row: Notification) -> NotificationText:
        withdraw_while_rendering(row)
        raise KeyError("text")

    del notification_kinds._kinds[WITHDRAWING]
    declare_notification(WITHDRAWING, render=fail)
    notify(WITHDRAWING, to=APPLICANT, subject=TASK, dedupe_key="1")
    assert send_mails() == 0
    assert not Notification.objects.exists()


class SlowServer(BaseEmailBackend):
    """A mail server during whose taking somebody withdraws the mail."""

    withdrawing: ClassVar[threading.Thread]
    withdrawn: ClassVar[list[int]]
    waited: ClassVar[bool]

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        cls = type(self)
        cls.withdrawing.start()
        cls.withdrawing.join(timeout=1)
        cls.waited = cls.withdrawing.is_alive()
        return len(messages)


def test_who_withdraws_waits_for_a_mail_that_is_being_taken(own: None, settings: Any) -> None:
    def take_back() -> None:
        try:
            SlowServer.withdrawn.append(withdraw(TASK, kind=KIND))
        finally:
            connection.close()

    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    SlowServer.withdrawn, SlowServer.withdrawing = [], threading.Thread(target=take_back)
    notify(KIND, to=APPLICANT, subject=TASK, dedupe_key="1")
    assert send_mails() == 1
    SlowServer.withdrawing.join(timeout=60)
    assert (SlowServer.waited, SlowServer.withdrawn) == (True, [0])
    row = Notification.objects.get()
    assert row.state == DeliveryState.SENT
    assert row.done_at is not None
    assert row.done_at - row.created_at < timedelta(minutes=1)
