"""Bringing an electronic form from a file into force (nhập tờ khai điện tử từ tệp)."""

from __future__ import annotations

from datetime import date

from congtam.forms.public import from_flat, read_form_file
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem
from congtam.procedures.actions.edit_form import ElectronicForm
from congtam.procedures.catalogue.desk_version import put_into_force
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk_parts import validate_form
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.readers.tables import xlsx_sheets


def import_form(
    code: str, content: bytes, *, name: str, valid_from: date, ground: str, actor: Actor
) -> ProcedureVersion:
    """Make a version with the form of a file from a day on, all or nothing, as `put_into_force` says.

    Raises InputRefused with every problem, each with its sheet, row and column, FileUnreadable for another file.
    """
    file = read_form_file(content, name, read_sheets=xlsx_sheets)
    read = from_flat(file.rows)

    def change(recorded: Content) -> tuple[Content, list[Problem]]:
        changed = ElectronicForm(fields=read.fields).put_into(recorded)
        problems = [*read.problems, *(read.at_row(problem) for problem in validate_form(changed))]
        return changed, [*file.problems, *(file.locate_problem(problem) for problem in problems)]

    return put_into_force(code, change, valid_from=valid_from, ground=ground, actor=actor)
