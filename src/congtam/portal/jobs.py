"""What the portal does by itself: removing what is over."""

from __future__ import annotations

from congtam.foundation.public import periodic
from congtam.portal.filing.drafts import delete_expired_drafts


@periodic(name="portal.forget", cron="17 * * * *")
def forget() -> None:
    """Remove expired drafts."""
    delete_expired_drafts()
