"""Messages to other systems (webhook)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Listens to the topics other systems may subscribe to."""

    name = "congtam.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Declare jobs and subscriptions; nothing else happens at start."""
        from congtam.webhooks import jobs

        jobs.declare()
