"""The demand for a supplement that waits for its answer (phiếu yêu cầu bổ sung), also answered online."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from congtam.dossiers.models import Letter, LetterKind

SENT_AT: Final = "sent_at"
"""In the answer of a demand: when the applicant sent the supplement online, for the desk to look at."""


def waiting_demand(code: str) -> QuerySet[Letter]:
    """The demand of a dossier that waits for its answer."""
    return Letter.objects.filter(dossier__code=code, kind=LetterKind.SUPPLEMENT, answered_at__isnull=True)


def record_supplement_sent(code: str, *, sent_at: datetime | None) -> None:
    """Note that the applicant sent the supplement online, for the desk to look at; None when it was turned down.

    Until then the dossier does not lapse: the applicant acted in time.
    """
    waiting_demand(code).update(answer={SENT_AT: sent_at.isoformat()} if sent_at else {})
