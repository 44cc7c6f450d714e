"""What the portal hears from the dossiers."""

from __future__ import annotations

from congtam.foundation.notify import declare_notification
from congtam.foundation.public import subscribe
from congtam.portal.notices import notices
from congtam.portal.notices.mails import render_mail


def declare() -> None:
    """Notify applicants of changes of dossiers and of filings."""
    declare_notification(notices.KIND, render=render_mail)
    subscribe("dossiers.changed")(notices.notify_changes)
    subscribe("dossiers.filing_changed")(notices.notify_filings)
