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
from congtam.procedures.domain.forms import (
    Answers,
    FieldKind,
    FormField,
    Option,
    ShownWhen,
    ToldField,
    checked,
    fields_from_json,
    fields_to_json,
    of_case,
    problems_of_form,
    shown_fields,
    told,
    unknown_names,
)
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit, parse_time_limit
from congtam.procedures.form_disclosed import AskedField, AskedSection, asked_sections
from congtam.procedures.form_inputs import Input, InputSection, form_sections
from congtam.procedures.form_sent import (
    answers_of_page,
    is_filled_in,
    rows_changed,
    sent_answers,
    without_blank_rows,
)
from congtam.procedures.labels import CHANNELS, ONLINE_LEVELS, amount_in_words
from congtam.procedures.processes.edit import NewProcess, enter_process, enter_processes
from congtam.procedures.processes.import_processes import ProcessesEntered, import_processes

__all__ = [
    "CHANNELS",
    "DEFAULT_PROCESS",
    "LEVELS",
    "ONLINE_LEVELS",
    "Amount",
    "Answers",
    "AskedField",
    "AskedSection",
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
    "FieldKind",
    "FormField",
    "FormFile",
    "Input",
    "InputSection",
    "LegalBasis",
    "NewProcess",
    "Option",
    "PageKey",
    "Paper",
    "ProcessStep",
    "ProcessesEntered",
    "PublicFee",
    "PublicLimit",
    "PublicPaper",
    "PublicProcedure",
    "PublicSearch",
    "ShownWhen",
    "Suggestion",
    "TimeLimit",
    "TimeUnit",
    "ToldField",
    "amount_in_words",
    "announce",
    "answers_of_page",
    "asked_sections",
    "checked",
    "declare_often_used",
    "desk_procedure",
    "edit_desk_parts",
    "edit_form",
    "enter_procedure_list",
    "enter_process",
    "enter_processes",
    "field_names",
    "fields_from_json",
    "fields_to_json",
    "form_file",
    "form_sections",
    "import_catalogue",
    "import_processes",
    "is_filled_in",
    "make_public",
    "of_case",
    "parse_time_limit",
    "problems_of_form",
    "public_page",
    "public_search",
    "rows_changed",
    "search",
    "search_for_desk",
    "sent_answers",
    "shown_fields",
    "told",
    "unknown_names",
    "version_in_force",
    "waiting_rows",
    "without_blank_rows",
]
