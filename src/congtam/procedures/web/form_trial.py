"""The page on which an electronic form is tried out (điền thử tờ khai): as the citizen meets it, nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from congtam.kernel.errors import Problem
from congtam.procedures.domain.desk import DeskProcedure
from congtam.procedures.domain.forms import FormField, checked, of_case, told
from congtam.procedures.form_inputs import form_sections
from congtam.procedures.form_sent import rows_changed, sent_answers, without_blank_rows


def context(
    procedure: DeskProcedure, form: Sequence[FormField], post: QueryDict, *, today: date
) -> dict[str, Any]:
    """The values of the template: the form of the chosen case with what was typed, and what came of the check."""
    cases = [kind.code for kind in procedure.case_kinds]
    case = post.get("case", cases[0] if cases else "")
    asked = of_case(form, case)
    answers = sent_answers(asked, post)
    changed = rows_changed(asked, answers, post)
    answers = changed[0] if changed else answers
    problems: list[Problem] = []
    kept: dict[str, Any] = {}
    if post.get("do") == "check" and not changed:
        answers = without_blank_rows(asked, answers)
        kept, problems = checked(asked, answers, case_kind=case, today=today)
    return {
        "code": procedure.code,
        "name": procedure.name,
        "cases": [
            {"code": kind.code, "name": kind.name, "is_chosen": kind.code == case}
            for kind in procedure.case_kinds
        ],
        "sections": form_sections(asked, answers, problems=problems),
        "problems": problems,
        "lines": told(asked, kept, case_kind=case) if kept and not problems else [],
        "is_empty": not asked,
    }
