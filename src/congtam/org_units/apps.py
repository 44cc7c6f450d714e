from __future__ import annotations

from django.apps import AppConfig


class OrgUnitsConfig(AppConfig):
    """Registers references to units, and units with the search."""

    name = "congtam.org_units"
    label = "org_units"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.foundation.references import register
        from congtam.foundation.search import register_source
        from congtam.org_units.web.references import UNIT, UNITS

        register(UNIT)
        register_source(UNITS)
