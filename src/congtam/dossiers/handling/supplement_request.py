"""The open request for a supplement (phiếu yêu cầu bổ sung), answered at the desk or online."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from congtam.dossiers.models import Letter, LetterKind

SENT_AT: Final = "sent_at"
"""In the answer of a request: when the applicant sent the supplement online, for the desk to look at."""


def open_supplement_request(code: str) -> QuerySet[Letter]:
    """The request for a supplement that is not answered yet, if the dossier has one."""
    return Letter.objects.filter(dossier__code=code, kind=LetterKind.SUPPLEMENT, answered_at__isnull=True)


def record_supplement_sent(code: str, *, sent_at: datetime | None) -> None:
    """Note that the applicant sent the supplement online, for the desk to look at; None when it was declined.

    Until then the dossier does not lapse: the applicant acted in time.
    """
    open_supplement_request(code).update(answer={SENT_AT: sent_at.isoformat()} if sent_at else {})
