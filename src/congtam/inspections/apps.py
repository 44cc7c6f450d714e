from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Registers references to packs, and the preparation on the page of a unit's figures."""

    name = "congtam.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.foundation.references import register
        from congtam.indicators.public import FIGURES_LINKS
        from congtam.inspections.web.figures_links import preparation
        from congtam.inspections.web.references import PACK

        register(PACK)
        FIGURES_LINKS.register(preparation, order=10)
