"""Trying out a form (điền thử biểu mẫu): as whoever fills it in meets it; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from congtam.forms.domain.fields import FormField, fields_of_case
from congtam.forms.domain.readable_answers import readable_answers
from congtam.forms.domain.validation import validate
from congtam.forms.posted_answers import apply_row_change, posted_answers, without_blank_rows
from congtam.forms.rendering import form_sections
from congtam.kernel.errors import Problem


def trial_context(
    form: Sequence[FormField], post: QueryDict, *, cases: Mapping[str, str], today: date
) -> dict[str, Any]:
    """The values of ``forms/editor/trial.html``: the form of the chosen case with what was typed, and what is wrong."""
    case = post.get("case", next(iter(cases), ""))
    fields = fields_of_case(form, case)
    answers = posted_answers(fields, post)
    changed = apply_row_change(fields, answers, post)
    answers = changed[0] if changed else answers
    problems: list[Problem] = []
    canonical: dict[str, Any] = {}
    if post.get("do") == "check" and not changed:
        answers = without_blank_rows(fields, answers)
        canonical, problems = validate(fields, answers, case_kind=case, today=today)
    is_complete = bool(canonical and not problems)
    return {
        "cases": [{"code": code, "name": name, "is_chosen": code == case} for code, name in cases.items()],
        "sections": form_sections(fields, answers, problems=problems),
        "problems": problems,
        "lines": readable_answers(fields, canonical, case_kind=case) if is_complete else [],
        "is_empty": not fields,
    }
