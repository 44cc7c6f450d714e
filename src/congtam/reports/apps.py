"""The reports context: official documents whose figures are bound to their sources (báo cáo)."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

LARGEST_REPORT: Final = 64 << 20


class ReportsConfig(AppConfig):
    """Declares the kinds of files that reports and templates are kept as, and offers reports on the page of a pack."""

    name = "congtam.reports"
    label = "reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare; nothing else happens at start."""
        from congtam.dossiers.slots import PRINTED_FORM, PRINTED_SLIP
        from congtam.foundation.files import FileLimits, declare_file_kind
        from congtam.foundation.notify import declare_notification
        from congtam.foundation.public import declare_references
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.inspections.public import PACK_LINKS
        from congtam.reports import jobs as _jobs  # noqa: F401 - importing declares the jobs
        from congtam.reports.actions.reminder_notices import KIND, render_notice
        from congtam.reports.models import FormTemplate
        from congtam.reports.web.pack_links import pack_documents
        from congtam.typesetting.public import LARGEST_TEMPLATE

        declare_file_kind(
            "report", FileLimits(size=LARGEST_REPORT, endings=(".docx", ".pdf"), is_uploaded=False)
        )
        declare_file_kind("form_template", FileLimits(size=LARGEST_TEMPLATE, endings=(".docx",)))
        declare_references("form_template", "SELECT digest FROM reports_formtemplate WHERE digest <> ''")
        declare_sealed(SealedModel(model=FormTemplate, describe=lambda row: f"{row.form} {row.valid_from}"))
        declare_notification(KIND, render=render_notice)
        PACK_LINKS.register(pack_documents)
        PRINTED_FORM.fill(lambda *parts: reverse("reports:dossier_form", args=parts))
        PRINTED_SLIP.fill(lambda *parts: reverse("reports:slip", args=parts))
