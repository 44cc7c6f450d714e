"""Correcting a form that was filled in (sửa tờ khai khi bổ sung hồ sơ), when the office asks for a supplement.

It is held to the form of the version that judges the dossier, the one in force on the day of its number. How answers
that were left alone and answers that were changed come together, `congtam.forms.correct` says. What stood there before
is kept in the answer to the letter that asked: nothing an applicant once declared is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from congtam.dossiers.form.answers import (
    REMARKS,
    CheckedForm,
    editable_answers,
    plain_answers,
    to_stored_form,
    unknown_field_problem,
    unknown_field_problems,
)
from congtam.dossiers.models import DeskRecord
from congtam.forms.public import FilledForm, FormField, correct, is_filled_form, is_same
from congtam.kernel.errors import Problem
from congtam.procedures.public import desk_procedure


@dataclass(frozen=True, kw_only=True)
class FormChange:
    """One answer that reads otherwise than before, in words (nội dung sửa)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class FormToCorrect:
    """The fields of a dossier's form and what was answered, as somebody would type it."""

    fields: tuple[FormField, ...]
    answers: Mapping[str, Any]
    is_filled_in: bool


@dataclass(frozen=True, kw_only=True)
class FormCorrection:
    """A corrected form as it is to be kept, what is wrong with it, and what reads otherwise."""

    form: CheckedForm
    changes: tuple[FormChange, ...]

    @property
    def serialized(self) -> dict[str, Any]:
        """As plain values, for `parse_correction`; empty where nothing reads otherwise."""
        changes = [asdict(each) for each in self.changes]
        return {"form": dict(self.form.content), "changes": changes} if changes else {}


def parse_correction(values: Mapping[str, Any]) -> FormCorrection | None:
    """A correction that was checked when it was sent, from its plain values; None where there was none."""
    if not values:
        return None
    changes = tuple(FormChange(**each) for each in values["changes"])
    return FormCorrection(form=CheckedForm(content=values["form"], is_filled_in=True), changes=changes)


def form_to_correct(desk: DeskRecord, *, begun: Mapping[str, Any] | None = None) -> FormToCorrect | None:
    """The form of a dossier, or as a correction had ``begun``; None where its procedure has none."""
    form = _form_of(desk)
    if not form:
        return None
    names, is_filled_in = {field.name for field in form}, is_filled_form(desk.form)
    editable = editable_answers(begun or desk.form) if is_filled_in else {}
    answers = {name: value for name, value in editable.items() if name in names}
    return FormToCorrect(fields=form, answers=answers, is_filled_in=is_filled_in)


def build_form_correction(desk: DeskRecord, sent_answers: Mapping[str, Any], *, on: date) -> FormCorrection:
    """Correct the form of a dossier with all of its answers, sent anew; its problems name the fields ``form.…``."""
    form, before = _form_of(desk), FilledForm.from_json(desk.form)
    own = {field.name for field in form}
    remarks = {name: desk.form[name] for name in REMARKS if name in desk.form and name not in own}
    answers = {name: value for name, value in sent_answers.items() if name in own or name not in REMARKS}
    changed_remarks = tuple(_changed_remark_problems(sent_answers, remarks, own))
    result = correct(form, before, answers, case_kind=desk.case_kind, today=on)
    if not changed_remarks and not result.is_changed:
        return FormCorrection(
            form=CheckedForm(content=desk.form, is_filled_in=bool(before.answers)), changes=()
        )
    problems = (*changed_remarks, *unknown_field_problems(result.unknown), *result.problems)
    content = {**_answers_before_form(desk.form), **to_stored_form(remarks, result.form)}
    changes = () if problems else tuple(_list_changes(desk.form, content))
    return FormCorrection(
        form=CheckedForm(content=content, problems=problems, is_filled_in=True), changes=changes
    )


def _answers_before_form(old: Mapping[str, Any]) -> dict[str, Any]:
    """What was given before there was a form to fill in; it stays beside the form."""
    if is_filled_form(old):
        return {}
    return {name: value for name, value in old.items() if name not in REMARKS}


def _changed_remark_problems(
    sent_answers: Mapping[str, Any], remarks: Mapping[str, Any], own: set[str]
) -> Iterator[Problem]:
    """Remarks are no part of the form; sent along as they were, they do no harm."""
    for name in REMARKS:
        if name in sent_answers and name not in own and not is_same(sent_answers[name], remarks.get(name)):
            yield unknown_field_problem(name)


def _form_of(desk: DeskRecord) -> tuple[FormField, ...]:
    procedure = desk_procedure(desk.dossier.procedure_code, desk.numbered_on)
    return procedure.form_for(desk.case_kind) if procedure else ()


def _list_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FormChange]:
    """In the order of the form, what is no longer answered last. The answers decide, not how they are read."""
    texts_before, texts_after = _texts_by_name(before), _texts_by_name(after)
    old, new = plain_answers(before), plain_answers(after)
    for name in {**texts_after, **texts_before}:
        if not is_same(old.get(name), new.get(name)):
            label = (texts_after.get(name) or texts_before[name])[0]
            yield FormChange(
                label=label,
                before=texts_before.get(name, ("", ""))[1],
                after=texts_after.get(name, ("", ""))[1],
            )


def _texts_by_name(stored: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each answer by the name of its field: what it is called and what it says, tables row by row."""
    readable = FilledForm.from_json(stored).readable()
    return {each.name: (each.label, each.one_text) for each in readable}
