"""The reports context: official documents whose figures are bound to their sources (báo cáo)."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LARGEST_REPORT: Final = 64 << 20


class ReportsConfig(AppConfig):
    """Declares the kind of file that reports are kept as, and offers them on the page of a pack."""

    name = "congtam.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Declare; nothing else happens at start."""
        from congtam.foundation.public import FileLimits, declare_file_kind
        from congtam.inspections.public import PACK_LINKS
        from congtam.reports.web.offers import pack_documents

        declare_file_kind("report", FileLimits(size=LARGEST_REPORT, endings=(".docx", ".pdf")))
        PACK_LINKS.register(pack_documents)
