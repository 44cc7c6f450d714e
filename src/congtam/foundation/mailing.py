"""Sending notifications by e-mail (gửi thư điện tử): at least once, longer waits after each failure, then given up.

A mail carries an identifier made from its delivery code: should the program die between the mail server's answer and
saving it, the second copy has the same one.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from email.errors import MessageError
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from congtam.foundation.delivery import Queue, SendResult, lock_row, record_attempt, send_due
from congtam.foundation.domain.retries import RetryRule
from congtam.foundation.models import Account, DeliveryState, Notification, NotificationChannel
from congtam.foundation.notification_kinds import is_declared, render_notification
from congtam.foundation.time import real_clock

logger = logging.getLogger(__name__)
RETRY: Final = RetryRule(
    first_wait=timedelta(minutes=1), factor=4, longest_wait=timedelta(hours=6), max_attempts=9
)


def send_mails() -> int:
    """Send the e-mails that are due; how many went out. Without a mail server none, and they wait."""
    if not settings.CONGTAM_SENDS_EMAIL:
        return 0
    return send_due(Queue(name="foundation.mails", next_due=_next_due, send=_send_mail, retry=RETRY))


def build_mail(notification: Notification) -> EmailMessage:
    """The mail as it goes out now."""
    text = render_notification(notification)
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("> ")
    return EmailMessage(
        subject=text.subject,
        body=text.body,
        to=[_recipient_address(notification)],
        headers={"Message-ID": f"<notice-{notification.code}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def delete_sent_notifications(*, older_than: timedelta = timedelta(days=90)) -> int:
    """Remove e-mail notifications, with their addresses, that were sent longer ago than this; how many."""
    sent = Notification.objects.filter(channel=NotificationChannel.EMAIL, state=DeliveryState.SENT)
    return int(sent.filter(done_at__lt=real_clock().now() - older_than).delete()[0])


def _next_due() -> Notification | None:
    due = Notification.objects.filter(state=DeliveryState.WAITING, next_at__lte=real_clock().now())
    return due.filter(channel=NotificationChannel.EMAIL).order_by("pk").first()


def _recipient_address(notification: Notification) -> str:
    """Where it goes; of an account the address it has now."""
    if not notification.username:
        return notification.address
    accounts = Account.objects.filter(username=notification.username, is_active=True)
    return accounts.values_list("email", flat=True).first() or ""


def _send_mail(notification: Notification) -> SendResult:
    address = _recipient_address(notification)
    if not address or not is_declared(notification.kind):
        return SendResult(is_sent=False, error="There is no address, or no text of this kind.", is_final=True)
    try:
        mail = build_mail(notification)
    except Exception as error:  # noqa: BLE001 - a text of any room; a fault in one must not hold up the others
        return _failure_result(notification, address, error)
    return _send_unless_withdrawn(notification, mail, address)


def _send_unless_withdrawn(notification: Notification, mail: EmailMessage, address: str) -> SendResult:
    """Hand it to the mail server while the row is held, so that whoever withdraws it waits for the outcome."""
    with transaction.atomic():
        if not lock_row(notification):
            return SendResult(is_sent=False, is_saved=True)
        result = _hand_over(notification, mail, address)
        record_attempt(notification, result, RETRY)
    return replace(result, is_saved=True)


def _hand_over(notification: Notification, mail: EmailMessage, address: str) -> SendResult:
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        return _failure_result(notification, address, error)
    except (ValueError, MessageError) as error:
        # No mail server would take it, today or later; it must not hold up those behind it.
        return _failure_result(notification, address, error, is_final=True)
    return SendResult(is_sent=True)


def _failure_result(
    notification: Notification, address: str, error: Exception, *, is_final: bool = False
) -> SendResult:
    """The error as it is saved; the address stays out of what is written down."""
    logger.warning("notification %s was not sent: %s", notification, type(error).__name__)
    text = f"{type(error).__name__}: {error}".replace(address, "…")[:500]
    return SendResult(is_sent=False, error=text, is_final=is_final)
