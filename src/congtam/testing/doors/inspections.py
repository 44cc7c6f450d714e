"""What tests of other rooms use of inspections beyond its door."""

from congtam.inspections.actions.refusals import InspectionImpossible
from congtam.inspections.models import PackFile

__all__ = ["InspectionImpossible", "PackFile"]
