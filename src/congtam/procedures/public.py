"""What other contexts may use of the catalogue of procedures."""

from congtam.procedures.actions.enter import enter_procedure_list
from congtam.procedures.actions.import_catalogue import CatalogueReport, import_catalogue
from congtam.procedures.desk_queries import desk_procedure
from congtam.procedures.domain.content import ChannelLimit, Content, Paper
from congtam.procedures.domain.desk import (
    DEFAULT_PROCESS,
    CaseKind,
    DeskFee,
    DeskLimit,
    DeskPaper,
    DeskProcedure,
    ProcessStep,
)
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit, parse_time_limit
from congtam.procedures.queries import search, version_in_force

__all__ = [
    "DEFAULT_PROCESS",
    "LEVELS",
    "Amount",
    "CaseKind",
    "CatalogueReport",
    "ChannelLimit",
    "Content",
    "DeskFee",
    "DeskLimit",
    "DeskPaper",
    "DeskProcedure",
    "Paper",
    "ProcessStep",
    "TimeLimit",
    "TimeUnit",
    "desk_procedure",
    "enter_procedure_list",
    "import_catalogue",
    "parse_time_limit",
    "search",
    "version_in_force",
]
