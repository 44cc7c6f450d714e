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
        """Declare jobs, subscriptions and what is sealed; nothing else happens at start."""
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.webhooks import jobs
        from congtam.webhooks.models import Webhook, WebhookHost

        jobs.declare()
        declare_sealed(SealedModel(model=WebhookHost))
        declare_sealed(SealedModel(model=Webhook, describe=lambda row: row.name))
