"""What other contexts may use of the exchange (liên thông)."""

from congtam.imports.actions.imports import carry_out, refused_name, register_import, report_of
from congtam.imports.actions.run_import import Order, Outcome, run_import
from congtam.imports.shipped import get_mapping, mapping_from, shipped_mappings

__all__ = [
    "Order",
    "Outcome",
    "carry_out",
    "get_mapping",
    "mapping_from",
    "refused_name",
    "register_import",
    "report_of",
    "run_import",
    "shipped_mappings",
]
