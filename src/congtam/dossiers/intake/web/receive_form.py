"""The electronic form on the receiving page (tờ khai điện tử tại quầy), filled in with the applicant there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import QueryDict

from congtam.dossiers.form.answers import prefill_values
from congtam.dossiers.intake.web.form_data import FormData, parse_receipt
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.forms.public import FormField, answers_of_page, form_sections, is_filled_in
from congtam.foundation.public import clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import Problem
from congtam.procedures.public import DeskProcedure, desk_procedure

COLUMN: Final = "form."


def merge_form_answers(form_data: FormData, posted: QueryDict) -> tuple[FormData, bool]:
    """The page with what was typed into the form; and whether it only asked for a row more or less."""
    fields = _form_fields(form_data)
    if not fields:
        return form_data, False
    answers, changed_row = answers_of_page(fields, posted)
    return replace(form_data, answers=answers), bool(changed_row)


def build_receipt(form_data: FormData) -> Receipt:
    """The application with its form; what stands beside the applicant's own fields need not be typed twice."""
    receipt = parse_receipt(form_data, received_unit=form_data["received_unit_code"])
    fields, prefills = _form_fields(form_data), prefill_values(receipt)
    answers = {name: value for name, value in form_data.answers.items() if value}
    if not is_filled_in(fields, answers, prefilled=prefills):
        return receipt
    ahead = {field.name: prefills[field.fill_from] for field in fields if prefills.get(field.fill_from)}
    return replace(receipt, form={**receipt.form, **ahead, **answers})


def form_panel(
    procedure: DeskProcedure, case_kind: str, form_data: FormData, *, problems: Sequence[Problem]
) -> dict[str, Any]:
    """What the receiving page shows of the form; it stands open once something is typed or wrong in it."""
    fields = procedure.form_for(case_kind)
    if not fields:
        return {}
    wrong = [each for each in problems if (each.column or "").startswith(COLUMN)]
    return {
        "form_sections": form_sections(fields, form_data.answers, problems=wrong),
        "form_key": procedure.digest[:8],
        "form_is_open": bool(wrong)
        or is_filled_in(fields, form_data.answers, prefilled=_applicant_fields(form_data)),
    }


def _applicant_fields(form_data: FormData) -> Mapping[str, str]:
    return {name: value for name, value in form_data.fields.items() if name.startswith("applicant.")}


def _form_fields(form_data: FormData) -> tuple[FormField, ...]:
    on = local_day(clock().now())
    procedure = desk_procedure(form_data["procedure_code"], on) if form_data["procedure_code"] else None
    return procedure.form_for(form_data["case_kind"]) if procedure else ()
