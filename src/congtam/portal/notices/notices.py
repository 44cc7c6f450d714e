"""Notifying applicants by e-mail of what changed (thông báo qua thư điện tử): who is notified of what, and only once.

Each change makes one notification per message and recipient, written with the handling of the outbox message; so a
message handled again makes no second one. Delivery, retries and the removal of addresses are foundation's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from congtam.dossiers.applicant.public import citizen_contacts, filing_contacts
from congtam.dossiers.public import State, message_key
from congtam.foundation.notify import NewNotification, Notification, Recipient, Ref, notify_all
from congtam.foundation.public import OutboxMessage

KIND: Final = "portal.applicant"
"""The kind of all notifications to applicants; ``data`` holds the ``key`` of the mail and the ``state`` it is about."""


def notify_changes(messages: Sequence[OutboxMessage]) -> None:
    """Notify applicants who gave an e-mail address of each change that declares a mail or brought a new state."""
    notify_all(
        _change_notifications(
            [(message, str(code)) for message in messages for code in message.payload.get("codes", ())]
        )
    )


def _change_notifications(changes: Sequence[tuple[OutboxMessage, str]]) -> Iterator[NewNotification]:
    contacts = citizen_contacts({code for _, code in changes})
    last = _last_states(contacts)
    for message, code in changes:
        contact = contacts.get(code)
        key, state = message_key(str(message.payload.get("verb", ""))), str(message.payload.get("state", ""))
        if contact is None or (key is None and state == last.get(code, "")):
            continue
        last[code] = state
        yield NewNotification(
            kind=KIND,
            to=Recipient(email=contact.email),
            subject=Ref("dossier", code),
            dedupe_key=f"outbox:{message.id:015}:{code}",
            unit_code=contact.unit_code,
            data={"key": key or "", "state": state},
        )


def notify_filings(messages: Sequence[OutboxMessage]) -> None:
    """Notify of a filing that came in or was declined; of an accepted one its dossier tells."""
    latest = {str(message.payload.get("filing", "")): message for message in messages}
    states = {code: str(message.payload.get("state", "")) for code, message in latest.items()}
    notify_all(
        NewNotification(
            kind=KIND,
            to=Recipient(email=contact.email),
            subject=Ref("filing", code),
            dedupe_key=f"filing:{code}:{states[code]}",
            unit_code=contact.unit_code,
            data={"key": f"filing.{states[code]}", "state": states[code]},
        )
        for code, contact in filing_contacts(latest).items()
        if states[code] != "accepted"
    )


def notify_supplement_declined(code: str, *, offer: str) -> None:
    """Notify that what was sent in was not enough: the time to supplement goes on."""
    notify_all(
        NewNotification(
            kind=KIND,
            to=Recipient(email=contact.email),
            subject=Ref("dossier", code),
            dedupe_key=f"offer:{offer}",
            unit_code=contact.unit_code,
            data={"key": "supplement.declined", "state": State.AWAITING_SUPPLEMENT.value},
        )
        for contact in citizen_contacts([code]).values()
    )


def _last_states(codes: Iterable[str]) -> dict[str, str]:
    """The state each applicant was notified of last, by code."""
    rows = Notification.objects.filter(kind=KIND, subject_kind="dossier", subject_code__in=list(codes))
    return dict(rows.order_by("pk").values_list("subject_code", "data__state"))
