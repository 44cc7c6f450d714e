from __future__ import annotations

from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "congtam.warehouse"
    label = "warehouse"

    def ready(self) -> None:
        """Declare what is done at night."""
        from congtam.warehouse import jobs  # noqa: F401 - declares it
