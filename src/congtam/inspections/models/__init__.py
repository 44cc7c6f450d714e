"""Tables of the inspections (kiểm tra)."""

from congtam.inspections.models.packs import InspectionPack, PackFile

__all__ = ["InspectionPack", "PackFile"]
