"""The portal context: what people without an account see and do (cổng thông tin)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Listens to what happens to dossiers."""

    name = "congtam.portal"
    label = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the subscriptions; nothing else happens at start."""
        from congtam.portal import subscriptions

        subscriptions.declare()
