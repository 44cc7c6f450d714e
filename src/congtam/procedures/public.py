"""What other contexts may use of the catalogue of procedures."""

from congtam.procedures.actions.edit_form import ElectronicForm, edit_form
from congtam.procedures.announcements.announce import Decision, announce, make_public
from congtam.procedures.announcements.queries import waiting_rows
from congtam.procedures.catalogue.desk_queries import desk_procedure
from congtam.procedures.catalogue.desk_search import declare_often_used, search_for_desk
from congtam.procedures.catalogue.domain.public_page import (
    PublicFee,
    PublicLimit,
    PublicPaper,
    PublicProcedure,
)
from congtam.procedures.catalogue.domain.suggesting import Suggestion
from congtam.procedures.catalogue.edit_desk import edit_desk_parts
from congtam.procedures.catalogue.enter import enter_procedure_list
from congtam.procedures.catalogue.import_catalogue import CatalogueReport, import_catalogue
from congtam.procedures.catalogue.public_queries import (
    FormFile,
    PublicSearch,
    form_file,
    public_page,
    public_search,
)
from congtam.procedures.catalogue.queries import PageKey, field_names, search, version_in_force
from congtam.procedures.domain.content import ChannelLimit, Content, LegalBasis, Paper
from congtam.procedures.domain.desk import (
    DEFAULT_PROCESS,
    CaseKind,
    DeskFee,
    DeskLimit,
    DeskPaper,
    DeskProcedure,
    DeskProcess,
    ProcessStep,
)
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.fees import Fee
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit, parse_time_limit
from congtam.procedures.labels import CHANNELS, ONLINE_LEVELS, amount_in_words
from congtam.procedures.processes.edit import NewProcess, enter_process, enter_processes
from congtam.procedures.processes.import_processes import ProcessesEntered, import_processes

__all__ = [
    "CHANNELS",
    "DEFAULT_PROCESS",
    "LEVELS",
    "ONLINE_LEVELS",
    "Amount",
    "CaseKind",
    "CatalogueReport",
    "ChannelLimit",
    "Content",
    "Decision",
    "DeskFee",
    "DeskLimit",
    "DeskPaper",
    "DeskParts",
    "DeskProcedure",
    "DeskProcess",
    "ElectronicForm",
    "Fee",
    "FormFile",
    "LegalBasis",
    "NewProcess",
    "PageKey",
    "Paper",
    "ProcessStep",
    "ProcessesEntered",
    "PublicFee",
    "PublicLimit",
    "PublicPaper",
    "PublicProcedure",
    "PublicSearch",
    "Suggestion",
    "TimeLimit",
    "TimeUnit",
    "amount_in_words",
    "announce",
    "declare_often_used",
    "desk_procedure",
    "edit_desk_parts",
    "edit_form",
    "enter_procedure_list",
    "enter_process",
    "enter_processes",
    "field_names",
    "form_file",
    "import_catalogue",
    "import_processes",
    "make_public",
    "parse_time_limit",
    "public_page",
    "public_search",
    "search",
    "search_for_desk",
    "version_in_force",
    "waiting_rows",
]
