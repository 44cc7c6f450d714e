"""Telling applicants by e-mail what changed (thông báo qua thư điện tử): noted once, sent until it arrives.

One row per message and recipient is written with the handling of the outbox message, so a message told again, or a
worker killed in the middle, makes no second notice. A mail carries an identifier made from its row: should the
program die between the mail server's answer and the commit, the second copy has the same one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from email.errors import MessageError
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.db import transaction

from congtam.dossiers.public import State, citizen_contacts, filing_contacts, message_key
from congtam.foundation.public import OutboxMessage, clock
from congtam.portal.models import Notice, NoticeState
from congtam.portal.notices.mails import mail_of

logger = logging.getLogger(__name__)
_MOST_TRIES: Final = 9
_LONGEST_WAIT: Final = timedelta(hours=6)
_BATCH: Final = 50


def note_changes(messages: Sequence[OutboxMessage]) -> None:
    """Write a notice for each change of a dossier whose applicant gave an e-mail address.

    What is declared with a message of its own is always told, another change only when the state is a new one.
    """
    told = [(message, str(code)) for message in messages for code in message.payload.get("codes", ())]
    contacts = citizen_contacts({code for _, code in told})
    last = _last_states(contacts)
    now = clock().now()
    notices = []
    for message, code in told:
        contact = contacts.get(code)
        verb, state = str(message.payload.get("verb", "")), str(message.payload.get("state", ""))
        if contact is None or (message_key(verb) is None and state == last.get(code, "")):
            continue
        last[code] = state
        notices.append(
            Notice(
                source=f"outbox:{message.id}:{code}",
                recipient=contact.email,
                dossier_code=code,
                unit_code=contact.unit_code,
                verb=verb,
                dossier_state=state,
                due_at=now,
                created_at=now,
            )
        )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def note_filings(messages: Sequence[OutboxMessage]) -> None:
    """Write a notice for a filing that came in or was turned down; an accepted one is told as a dossier."""
    told = {str(message.payload.get("filing", "")): message for message in messages}
    now = clock().now()
    notices = []
    for code, contact in filing_contacts(told).items():
        state = str(told[code].payload.get("state", ""))
        if state == "accepted":
            continue
        notices.append(
            Notice(
                source=f"filing:{code}:{state}",
                recipient=contact.email,
                dossier_code=code,
                unit_code=contact.unit_code,
                verb=f"filing.{state}",
                dossier_state=state,
                due_at=now,
                created_at=now,
            )
        )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def note_supplement_declined(code: str, *, key: str) -> None:
    """Write a notice that what was sent in was not enough: the time to supplement goes on."""
    now = clock().now()
    for contact in citizen_contacts([code]).values():
        Notice.objects.get_or_create(
            source=f"offer:{key}",
            recipient=contact.email,
            defaults={
                "dossier_code": code,
                "unit_code": contact.unit_code,
                "verb": "supplement.declined",
                "dossier_state": State.AWAITING_SUPPLEMENT.value,
                "due_at": now,
                "created_at": now,
            },
        )


def send_waiting() -> int:
    """Send the notices that are due, each in its own transaction; how many went out. Without a mail server none."""
    if not settings.CONGTAM_SENDS_EMAIL:
        return 0
    sent = 0
    due = Notice.objects.filter(state=NoticeState.WAITING, due_at__lte=clock().now()).order_by("pk")
    while keys := list(due.values_list("pk", flat=True)[:_BATCH]):
        done = sum(_send_one(key) for key in keys)
        sent += done
        if not done:
            break
    return sent


def forget_addresses(*, older: timedelta = timedelta(days=90)) -> int:
    """Remove the addresses of notices that were sent long ago; how many there were."""
    old = Notice.objects.filter(state=NoticeState.SENT, sent_at__lt=clock().now() - older)
    return int(old.delete()[0])


def _last_states(codes: Iterable[str]) -> dict[str, str]:
    """The state each applicant was told last, by code."""
    rows = Notice.objects.filter(dossier_code__in=list(codes)).order_by("pk")
    return dict(rows.values_list("dossier_code", "dossier_state"))


@transaction.atomic
def _send_one(key: int) -> bool:
    """Send one notice that no other process is sending."""
    held = (
        Notice.objects.select_for_update(skip_locked=True).filter(pk=key, state=NoticeState.WAITING).first()
    )
    if held is None:
        return False
    held.attempts += 1
    try:
        mail_of(held).send()
    except (OSError, SMTPException) as error:
        _put_off(held, error)
        return False
    except (ValueError, MessageError) as error:
        # No mail server would take it, today or later; it must not hold up those behind it.
        _put_off(held, error, is_hopeless=True)
        return False
    held.state, held.sent_at, held.last_error = NoticeState.SENT.value, clock().now(), ""
    held.save(update_fields=["state", "sent_at", "attempts", "last_error"])
    return True


def _put_off(held: Notice, error: Exception, *, is_hopeless: bool = False) -> None:
    """Try again later, longer each time, then give up; the address stays out of what is written down."""
    wait = min(timedelta(minutes=4**held.attempts / 4), _LONGEST_WAIT)
    held.due_at = clock().now() + wait
    held.last_error = f"{type(error).__name__}: {error}".replace(held.recipient, "…")[:500]
    if is_hopeless or held.attempts >= _MOST_TRIES:
        held.state = NoticeState.FAILED.value
    held.save(update_fields=["state", "due_at", "attempts", "last_error"])
    logger.warning("notice %s of %s was not sent: %s", held.pk, held.dossier_code, type(error).__name__)
