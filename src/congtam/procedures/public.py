"""What other contexts may use of the catalogue of procedures."""

from congtam.procedures.actions.enter import enter_procedure_list
from congtam.procedures.actions.import_catalogue import CatalogueReport, import_catalogue
from congtam.procedures.domain.content import ChannelLimit, Content, Paper
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit, parse_time_limit
from congtam.procedures.queries import search, version_in_force

__all__ = [
    "LEVELS",
    "Amount",
    "CatalogueReport",
    "ChannelLimit",
    "Content",
    "Paper",
    "TimeLimit",
    "TimeUnit",
    "enter_procedure_list",
    "import_catalogue",
    "parse_time_limit",
    "search",
    "version_in_force",
]
