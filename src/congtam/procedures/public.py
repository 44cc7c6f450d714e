"""What other contexts may use of the catalogue of procedures."""

from congtam.procedures.announcements.announce import Decision, record_announcement, record_publication
from congtam.procedures.catalogue.desk_queries import desk_procedure
from congtam.procedures.catalogue.desk_search import register_frequent_finder, search_for_desk
from congtam.procedures.catalogue.domain.public_page import (
    PublicFee,
    PublicLimit,
    PublicPaper,
    PublicProcedure,
)
from congtam.procedures.catalogue.domain.suggesting import Suggestion
from congtam.procedures.catalogue.edit_desk import edit_desk_parts
from congtam.procedures.catalogue.enter import enter_procedure_list
from congtam.procedures.catalogue.public_queries import form_file, public_procedure_on, public_search
from congtam.procedures.catalogue.queries import version_in_force
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import CaseKind, DeskLimit, DeskPaper, DeskProcedure, ProcessStep
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit
from congtam.procedures.labels import ONLINE_LEVELS
from congtam.procedures.processes.edit import NewProcess, enter_processes

__all__ = [
    "LEVELS",
    "ONLINE_LEVELS",
    "Amount",
    "CaseKind",
    "CatalogueFee",
    "CataloguePaper",
    "ChannelLimit",
    "Content",
    "Decision",
    "DeskLimit",
    "DeskPaper",
    "DeskParts",
    "DeskProcedure",
    "NewProcess",
    "ProcessStep",
    "PublicFee",
    "PublicLimit",
    "PublicPaper",
    "PublicProcedure",
    "Suggestion",
    "TimeLimit",
    "TimeUnit",
    "desk_procedure",
    "edit_desk_parts",
    "enter_procedure_list",
    "enter_processes",
    "form_file",
    "public_procedure_on",
    "public_search",
    "record_announcement",
    "record_publication",
    "register_frequent_finder",
    "search_for_desk",
    "version_in_force",
]
