"""What is wrong with a form (lỗi nhập liệu): beside its field, and at the top with a way to the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from congtam.kernel.errors import DomainError, InputRefused, Problem

_PLACES: Final = {
    "procedure_code": "procedure",
    "unit_code": "unit-code",
    "channel": "channel",
    "case_kind": "case-kind",
    "return_way": "return-way",
    "files": "files",
    "applicant.name": "name",
    "applicant.phone": "phone",
    "applicant.email": "email",
    "applicant.id_number": "id-number",
}
"""Where on the receiving page a column is typed."""


def problems_of(error: DomainError) -> Sequence[Problem]:
    """What is wrong, whatever kind of refusal it was."""
    if isinstance(error, InputRefused):
        return error.problems
    return [Problem(code=error.code, message=error.message, data=error.data)]


def beside(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """The problems by the field they stand beside; a field's key has no dot, as templates need it."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[(problem.column or "").replace(".", "_")].append(problem)
    return dict(found)


def told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """The problems in the reader's words, for the top of a page; no codes, no names of columns."""
    return [
        {
            "message": problem.in_words(_),
            "advice": problem.advice_in_words(_),
            "place": _PLACES.get(problem.column or "", _paper(problem.column or "")),
        }
        for problem in problems
    ]


def _paper(column: str) -> str:
    """A paper's box; a field of the electronic form is named in the page as it is in the form."""
    if column.startswith("form."):
        return column
    return f"tick-{column.removeprefix('papers.')}" if column.startswith("papers.") else ""
