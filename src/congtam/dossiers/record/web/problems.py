"""What is wrong with a form (lỗi nhập liệu): beside its field, and at the top with a way to the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from congtam.kernel.errors import DomainError, InputRefused, Problem

_FIELD_IDS: Final = {
    "procedure_code": "procedure",
    "unit_code": "unit-code",
    "channel": "channel",
    "case_kind": "case-kind",
    "return_way": "return-way",
    "files": "files",
    "file": "act-files",
    "request": "act-files",
    "applicant.name": "name",
    "applicant.phone": "phone",
    "applicant.email": "email",
    "applicant.id_number": "id-number",
    "is_duplicate_confirmed": "duplicate",
}
"""Where on the receiving page a column is typed."""


def problems_of(error: DomainError) -> Sequence[Problem]:
    """What is wrong, whatever kind of refusal it was."""
    if isinstance(error, InputRefused):
        return error.problems
    return [Problem(code=error.code, message=error.message, data=error.data)]


def problems_by_field(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """The problems by the field they stand beside; a field's key has no dot, as templates need it."""
    by_field: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_field[(problem.column or "").replace(".", "_")].append(problem)
    return dict(by_field)


def serialize_problems(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """The problems in the reader's words, for the top of a page; no codes, no names of columns."""
    return [
        {
            "message": problem.format_message(_),
            "advice": problem.format_advice(_),
            "field_id": _FIELD_IDS.get(problem.column or "", _paper_field_id(problem.column or "")),
        }
        for problem in problems
    ]


def _paper_field_id(column: str) -> str:
    """A paper's box; a field of the electronic form is named in the page as it is in the form."""
    if column.startswith("form."):
        return column
    return f"tick-{column.removeprefix('papers.')}" if column.startswith("papers.") else ""
