from __future__ import annotations

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """Connects rooms that do not know each other."""

    name = "congtam.config"
    label = "composition"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.config import slots

        slots.register()
