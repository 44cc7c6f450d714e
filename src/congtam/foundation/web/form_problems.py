"""What is wrong with what was entered, shown where it was entered (báo lỗi cạnh ô nhập)."""

from __future__ import annotations

from django.forms import Form
from django.utils.translation import gettext

from congtam.kernel.errors import DomainError, InputRefused


def add_problems(error: DomainError, *forms: Form) -> list[str]:
    """Add each problem to the first form that has its field; returns the texts of what belongs to no field."""
    if not isinstance(error, InputRefused):
        return [error.format_message(gettext)]
    rest = []
    for problem in error.problems:
        text = " ".join(filter(None, (problem.format_message(gettext), problem.format_advice(gettext))))
        form = next((form for form in forms if problem.column in form.fields), None)
        if form is None:
            rest.append(text)
        else:
            form.add_error(problem.column, text)
    return rest


def add_problems_to(form: Form, error: DomainError, *, field: str | None = None) -> None:
    """Add each problem to its field; what belongs to no field stands at ``field``, else above the form."""
    for text in add_problems(error, form):
        form.add_error(field, text)
