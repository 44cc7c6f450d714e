"""What the portal hears from the dossiers."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from congtam.foundation.public import OutboxMessage, subscribe
from congtam.portal.jobs import send_notices
from congtam.portal.notices import notices


def declare() -> None:
    """Listen to changes of dossiers and of filings."""
    subscribe("dossiers.changed")(on_changed)
    subscribe("dossiers.filing_changed")(on_filing)


def on_changed(messages: Sequence[OutboxMessage]) -> None:
    """Note what applicants must be told, and have it sent."""
    notices.note_changes(messages)
    _send()


def on_filing(messages: Sequence[OutboxMessage]) -> None:
    """Note what became of filings, and have it sent."""
    notices.note_filings(messages)
    _send()


def _send() -> None:
    if settings.CONGTAM_SENDS_EMAIL:
        send_notices.defer()
