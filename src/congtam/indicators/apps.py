"""The indicators context: figures by definition, each with its receipt (chỉ tiêu)."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Keeps the cells in step with the warehouse; registers references to figures and the search by indicator."""

    name = "congtam.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Register and listen for new data versions; nothing else happens at start."""
        from congtam.foundation.references import register
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.foundation.search import register_source
        from congtam.indicators.counting.cells import update_cells
        from congtam.indicators.models import SetParameter, SetTarget
        from congtam.indicators.web.references import FIGURE, INDICATOR, INDICATORS
        from congtam.indicators.web.unit_links import unit_figures_link
        from congtam.org_units.public import UNIT_LINKS
        from congtam.warehouse.public import add_listener

        register(INDICATOR)
        register(FIGURE)
        register_source(INDICATORS)
        declare_sealed(SealedModel(model=SetTarget, describe=lambda row: row.key))
        declare_sealed(SealedModel(model=SetParameter, describe=lambda row: row.key))
        UNIT_LINKS.register(unit_figures_link, order=10)
        add_listener(lambda fact, version: update_cells(fact.name, version))
