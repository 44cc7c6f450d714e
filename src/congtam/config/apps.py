from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse


class CompositionConfig(AppConfig):
    """Connects rooms that do not know each other."""

    name = "congtam.config"
    label = "composition"

    def ready(self) -> None:
        """Register, and make the pages of the menu searchable; nothing else happens at start."""
        from congtam.administration.public import supply_settings
        from congtam.api.slots import API_REFERENCE
        from congtam.config import slots
        from congtam.config.settings_report import settings_in_force
        from congtam.config.web.search_pages import PAGES
        from congtam.foundation.search import register_source

        slots.register()
        API_REFERENCE.fill(lambda: reverse("api_reference"))
        register_source(PAGES)
        supply_settings(settings_in_force)
