"""What tests of other rooms use of org_units beyond its door."""

from congtam.org_units.actions.load_catalogue import catalogue_versions
from congtam.org_units.boundaries.actions import load_boundaries
from congtam.org_units.domain.records import SuccessionRow

__all__ = [
    "SuccessionRow",
    "catalogue_versions",
    "load_boundaries",
]
