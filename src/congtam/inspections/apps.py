from __future__ import annotations

from typing import Final

from django.apps import AppConfig

LARGEST_FLAG_LIST: Final = 100 * 1024 * 1024
"""Half a million dossiers in one workbook have some sixty megabytes."""


class InspectionsConfig(AppConfig):
    """Declares lists of flagged dossiers, references, notices to heads, and the preparation on pages of figures."""

    name = "congtam.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.foundation.files import FileLimits, declare_file_kind
        from congtam.foundation.notify import declare_notification
        from congtam.foundation.references import register
        from congtam.indicators.public import FIGURES_LINKS
        from congtam.inspections.actions.store_flag_list import FLAG_LIST_KIND
        from congtam.inspections.notices import KIND, render_notice
        from congtam.inspections.web.figures_links import preparation_link
        from congtam.inspections.web.references import PACK

        declare_file_kind(
            FLAG_LIST_KIND, FileLimits(size=LARGEST_FLAG_LIST, endings=(".xlsx",), is_uploaded=False)
        )
        register(PACK)
        declare_notification(KIND, render=render_notice)
        FIGURES_LINKS.register(preparation_link, order=10)
