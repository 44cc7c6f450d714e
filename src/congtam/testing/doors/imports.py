"""What tests of other rooms use of exchange beyond its door."""

from congtam.imports.actions.reading import ImportOrder
from congtam.imports.actions.run_import import run_import
from congtam.imports.shipped import get_mapping

__all__ = [
    "ImportOrder",
    "get_mapping",
    "run_import",
]
