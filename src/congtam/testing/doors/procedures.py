"""What tests of other rooms use of procedures beyond its door."""

from congtam.procedures.actions.edit_form import ElectronicForm, edit_form
from congtam.procedures.announcements.queries import unpublished_rows
from congtam.procedures.domain.time_limits import parse_time_limit

__all__ = [
    "ElectronicForm",
    "edit_form",
    "parse_time_limit",
    "unpublished_rows",
]
