"""The exchange: in and out of other systems (liên thông)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Registers the kinds of files imports keep, and the import job."""

    name = "congtam.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        """Declare files and jobs; nothing else happens at start."""
        from congtam.exchange import jobs  # noqa: F401 - importing declares the jobs
        from congtam.exchange.actions.imports import declare_files
        from congtam.exchange.web.references import IMPORT
        from congtam.exchange.webhooks import jobs as webhook_jobs
        from congtam.foundation.references import register

        declare_files()
        register(IMPORT)
        webhook_jobs.declare()
