"""What happens to dossiers by itself (việc tự động)."""

from __future__ import annotations

import logging

from django.db.models import Exists, OuterRef

from congtam.dossiers.files.declined import forget_declined_files
from congtam.dossiers.handling.actions import lapse
from congtam.dossiers.handling.supplement_request import SENT_AT
from congtam.dossiers.models import DeskRecord, Letter
from congtam.dossiers.storing.replaced import UNDO_TIME, forget_replaced
from congtam.foundation.public import clock, periodic, real_clock, system_actor
from congtam.kernel.errors import DomainError

logger = logging.getLogger(__name__)


@periodic(name="dossiers.lapse_unanswered", cron="7 * * * *")
def lapse_unanswered() -> None:
    """End what was not supplemented in time, each dossier by itself; running it again does nothing."""
    now, actor = clock().now(), system_actor("lapse")
    late = DeskRecord.objects.filter(supplement_due_at__lt=now).order_by("supplement_due_at")
    # What was sent online in time and lies unread must not fill the batch and hold up the rest.
    sent = Letter.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True, answer__has_key=SENT_AT)
    for code in late.exclude(Exists(sent)).values_list("dossier__code", flat=True)[:1000]:
        try:
            lapse(code, actor=actor)
        except DomainError as error:
            logger.warning("dossier %s did not lapse: %s", code, error.code)


@periodic(name="dossiers.forget_declined_files", cron="31 18 * * *")
def forget_files_of_declined() -> None:
    """Let go of the files of filings that were declined long ago, before unused files are removed."""
    forget_declined_files()


@periodic(name="dossiers.forget_replaced", cron="51 18 * * *")
def forget_replaced_dossiers() -> None:
    """Remove what imports replaced so long ago that they can no longer be undone (dọn phiên bản trước)."""
    forget_replaced(before=real_clock().now() - UNDO_TIME)
