"""The indicators context: figures by definition, each with its receipt (chỉ tiêu)."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Keeps the cells in step with the warehouse."""

    name = "congtam.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Listen for new data versions; nothing else happens at start."""
        from congtam.indicators.counting.cells import advance
        from congtam.warehouse.public import listen

        listen(lambda fact, version: advance(fact.name, version))
