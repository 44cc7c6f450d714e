"""Forgetting the files of filings that were turned down (dọn tệp của hồ sơ không được tiếp nhận), after their time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from congtam.dossiers.models import Filing
from congtam.foundation.public import clock, installation_notes, record, system_actor

RETENTION_DAYS: Final = 180
"""Days the files of a declined filing are kept for questions; an installation may note another number."""
_DAYS_NOTE: Final = "declined_filing_days"
_BATCH: Final = 1000


def forget_declined_files() -> int:
    """Let go of the files of filings declined long ago, each filing by itself; how many filings there were.

    The filing with its reason stays; the contents go with the next removal of what nothing refers to.
    """
    days = float(installation_notes().get(_DAYS_NOTE, RETENTION_DAYS))
    old = Filing.objects.filter(state="declined", answered_at__lt=clock().now() - timedelta(days=days))
    codes = old.exclude(files=[]).order_by("answered_at").values_list("code", flat=True)
    return sum(_remove_filing_files(code) for code in list(codes[:_BATCH]))


@transaction.atomic
def _remove_filing_files(code: str) -> bool:
    filing = Filing.objects.select_for_update().get(code=code)
    count, filing.files = len(filing.files), []
    if filing.state != "declined" or not count:
        return False
    filing.save(update_fields=["files"])
    record(
        system_actor("files"),
        "filing.files_forgotten",
        kind="filing",
        key=code,
        unit_code=filing.unit_code,
        data={"files": count},
    )
    return True
