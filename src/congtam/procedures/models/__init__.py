"""Tables of the procedures."""

from congtam.procedures.models.announcements import AnnouncedProcedure, Announcement
from congtam.procedures.models.catalogue import (
    Procedure,
    ProcedureFee,
    ProcedureLimit,
    ProcedureVersion,
    RequiredPaper,
)
from congtam.procedures.models.conflicts import LimitConflict
from congtam.procedures.models.processes import InternalProcess

__all__ = [
    "AnnouncedProcedure",
    "Announcement",
    "InternalProcess",
    "LimitConflict",
    "Procedure",
    "ProcedureFee",
    "ProcedureLimit",
    "ProcedureVersion",
    "RequiredPaper",
]
