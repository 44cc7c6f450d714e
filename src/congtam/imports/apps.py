"""Imports from other systems (nhập dữ liệu)."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Registers the kinds of files imports keep, and the import job."""

    name = "congtam.imports"
    label = "exchange"  # the name of the tables and of their migrations, from before webhooks had a room of their own
    verbose_name = _("Imports")

    def ready(self) -> None:
        """Declare files and jobs; nothing else happens at start."""
        from congtam.dossiers.slots import UPLOAD
        from congtam.foundation.references import register
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.imports import jobs  # noqa: F401 - importing declares the jobs
        from congtam.imports.actions.imports import declare_files
        from congtam.imports.models import PROGRESS, Import, SourcePrefix
        from congtam.imports.web.references import IMPORT

        declare_files()
        declare_sealed(SealedModel(model=SourcePrefix))
        declare_sealed(SealedModel(model=Import, leaves_out=PROGRESS, describe=lambda row: row.key))
        UPLOAD.fill(lambda: reverse("imports:upload"))
        register(IMPORT)
