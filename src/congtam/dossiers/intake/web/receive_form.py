"""The electronic form on the receiving page (tờ khai điện tử tại quầy), filled in with the applicant there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import QueryDict

from congtam.dossiers.form.answers import known_of
from congtam.dossiers.intake.web.typed import Typed, receipt_of
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.forms.public import FormField, answers_of_page, form_sections, is_filled_in
from congtam.foundation.public import clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import Problem
from congtam.procedures.public import DeskProcedure, desk_procedure

COLUMN: Final = "form."


def with_answers(typed: Typed, posted: QueryDict) -> tuple[Typed, bool]:
    """The page with what was typed into the form; and whether it only asked for a row more or less."""
    fields = _fields(typed)
    if not fields:
        return typed, False
    answers, changed_row = answers_of_page(fields, posted)
    return replace(typed, answers=answers), bool(changed_row)


def typed_receipt(typed: Typed) -> Receipt:
    """The application with its form; what stands beside the applicant's own fields need not be typed twice."""
    receipt = receipt_of(typed, received_unit=typed["received_unit_code"])
    fields, known = _fields(typed), known_of(receipt)
    answers = {name: value for name, value in typed.answers.items() if value}
    if not is_filled_in(fields, answers, known=known):
        return receipt
    ahead = {field.name: known[field.fill_from] for field in fields if known.get(field.fill_from)}
    return replace(receipt, form={**receipt.form, **ahead, **answers})


def form_panel(
    procedure: DeskProcedure, case_kind: str, typed: Typed, *, problems: Sequence[Problem]
) -> dict[str, Any]:
    """What the receiving page shows of the form; it stands open once something is typed or wrong in it."""
    fields = procedure.form_for(case_kind)
    if not fields:
        return {}
    wrong = [each for each in problems if (each.column or "").startswith(COLUMN)]
    return {
        "form_sections": form_sections(fields, typed.answers, problems=wrong),
        "form_key": procedure.digest[:8],
        "form_is_open": bool(wrong) or is_filled_in(fields, typed.answers, known=_applicant(typed)),
    }


def _applicant(typed: Typed) -> Mapping[str, str]:
    return {name: value for name, value in typed.fields.items() if name.startswith("applicant.")}


def _fields(typed: Typed) -> tuple[FormField, ...]:
    on = clock().now().astimezone(LOCAL).date()
    procedure = desk_procedure(typed["procedure_code"], on) if typed["procedure_code"] else None
    return procedure.form_for(typed["case_kind"]) if procedure else ()
