"""The electronic form of a dossier (tờ khai điện tử của hồ sơ): checked against its procedure, stored, read.

A dossier must read the same when its procedure asks something else, or a version is rewritten on its own day. So, like
the checklist and the process, the fields that were answered are stored beside the answers (`congtam.forms.FilledForm`),
and beside them the remarks that every application may carry. Where a procedure has no form of its own, what was filled
in is stored as it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from congtam.dossiers.record.domain.receipt import Receipt
from congtam.forms.public import (
    FilledForm,
    FormField,
    FormLine,
    FormPart,
    fill_in,
    is_filled_form,
    is_filled_in,
    unknown_names,
)
from congtam.kernel.errors import Problem, msgid
from congtam.procedures.public import DeskProcedure

REMARKS: Final = ("request", "note")
"""What every application may say in words of its own (nội dung đề nghị, trình bày thêm)."""
_FIELDS: Final = "fields"
_ANSWERS: Final = "answers"


@dataclass(frozen=True, kw_only=True)
class CheckedForm:
    """A form as it is to be stored, and what is wrong with it."""

    content: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_filled_in: bool = False


def check_form(
    receipt: Receipt, procedure: DeskProcedure | None, *, on: date, is_needed: bool = False
) -> CheckedForm:
    """Check what was filled in against the form of the procedure; where it ``is_needed`` it is never empty.

    At the desk the form may come on paper: then nothing is missing. What is not part of the form is refused.
    """
    form = procedure.form_for(receipt.case_kind) if procedure else ()
    if receipt.is_form_checked:
        return CheckedForm(content=receipt.form, is_filled_in=is_filled_form(receipt.form))
    if not form:
        reserved = (unknown_field_problem(_FIELDS),) if is_filled_form(receipt.form) else ()
        return CheckedForm(content=receipt.form, problems=reserved)
    remarks, answers = split_remarks(form, receipt.form)
    if not is_needed and not is_filled_in(form, answers, prefilled=prefill_values(receipt)):
        return CheckedForm(content=remarks, problems=unknown_field_problems(unknown_names(form, answers)))
    filled, problems = fill_in(form, answers, case_kind=receipt.case_kind, today=on)
    return CheckedForm(
        content=to_stored_form(remarks, filled),
        problems=(*unknown_field_problems(unknown_names(form, answers)), *problems),
        is_filled_in=True,
    )


def to_stored_form(remarks: Mapping[str, Any], filled: FilledForm) -> dict[str, Any]:
    """A filled-in form as it is stored, with the remarks beside it."""
    return {**{name: remarks[name] for name in REMARKS if name in remarks}, **filled.to_json()}


def split_remarks(
    form: Sequence[FormField], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The remarks that stand beside a form, and the answers to its fields."""
    own = {field.name for field in form}
    remarks = {name: values[name] for name in REMARKS if name in values and name not in own}
    return remarks, {name: value for name, value in values.items() if name not in remarks}


def prefill_values(receipt: Receipt) -> dict[str, str]:
    """What a form may be filled in with ahead, by its source."""
    person = receipt.applicant
    return {
        "applicant.name": person.name,
        "applicant.id_number": person.id_number,
        "applicant.phone": person.phone,
        "applicant.email": person.email,
        "applicant.address": person.address,
    }


def unknown_field_problems(names: Sequence[str]) -> tuple[Problem, ...]:
    """The problems of names that the form does not have."""
    return tuple(unknown_field_problem(name) for name in names)


def unknown_field_problem(name: str) -> Problem:
    """The form has no such field."""
    return Problem(
        code="field_unknown",
        message=msgid("The form of this procedure has no field “{field}”."),
        data={"field": name},
        column=f"form.{name}",
        advice=msgid("Request the fields of the procedure in force and send exactly those."),
    )


def plain_answers(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by name, as a program sent or would send them."""
    if not is_filled_form(stored):
        return dict(stored)
    return {**_remarks_of(stored), **stored[_ANSWERS]}


def editable_answers(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by name as somebody would type them: days dd/mm/yyyy, numbers with a comma."""
    if not is_filled_form(stored):
        return dict(stored)
    return {**_remarks_of(stored), **FilledForm.from_json(stored).input_values()}


def _remarks_of(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: stored[name] for name in REMARKS if name in stored}


def readable_form(stored: Mapping[str, Any], *, language: str = "vi") -> list[FormPart]:
    """Everything that was filled in, by heading; labels in the language where the form has it."""
    parts = FilledForm.from_json(stored).parts(language)
    remarks = tuple(_remark_lines(stored))
    return [*parts, FormPart(title="", lines=remarks)] if remarks else parts


def _remark_lines(stored: Mapping[str, Any]) -> Iterator[FormLine]:
    labels = {"request": _("Request"), "note": _("Other information for the office")}
    own = {_FIELDS, _ANSWERS} if is_filled_form(stored) else set()
    for name, value in stored.items():
        if name in own:
            continue
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if text.strip():
            yield FormLine(label=labels.get(name, name), text=text)
