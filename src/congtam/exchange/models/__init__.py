"""The tables of the exchange (liên thông)."""

from congtam.exchange.models.imports import Import, ImportState

__all__ = ["Import", "ImportState"]
