"""Correcting a form that was filled in (sửa tờ khai khi bổ sung hồ sơ), when the office asks for a supplement.

It is held to the form of the version that judges the dossier, the one in force on the day of its number. What stood
there before is kept in the answer to the letter that asked: nothing an applicant once declared is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from congtam.dossiers.form_answers import (
    REMARKS,
    CheckedForm,
    answers_as_typed,
    hold_to,
    is_form_filled,
    plain_answers,
    told_by_name,
)
from congtam.dossiers.models import DeskRecord
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.procedures.public import FormField, desk_procedure


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
class Correction:
    """A corrected form as it is to be kept, what is wrong with it, and what reads otherwise."""

    form: CheckedForm
    changes: tuple[FormChange, ...]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by name, as a program would send them."""
        return plain_answers(self.form.kept)


def form_to_correct(desk: DeskRecord) -> FormToCorrect | None:
    """The form of a dossier; None where its procedure has none."""
    asked = _asked(desk)
    if not asked:
        return None
    names = {field.name for field in asked}
    typed = answers_as_typed(desk.form) if is_form_filled(desk.form) else {}
    answers = {name: value for name, value in typed.items() if name in names}
    return FormToCorrect(fields=asked, answers=answers, is_filled_in=is_form_filled(desk.form))


def corrected(desk: DeskRecord, given: Mapping[str, Any]) -> Correction:
    """Hold the whole form, as it was sent anew, to what it asked; its problems name the fields ``form.…``."""
    beside = {name: desk.form[name] for name in REMARKS if name in desk.form}
    found = hold_to(_asked(desk), {**beside, **given}, case_kind=desk.case_kind, on=today(clock()))
    changes = () if found.problems else tuple(_changes(desk.form, found.kept))
    return Correction(form=found, changes=changes)


def _asked(desk: DeskRecord) -> tuple[FormField, ...]:
    procedure = desk_procedure(desk.dossier.procedure_code, desk.numbered_on)
    return procedure.form_for(desk.case_kind) if procedure else ()


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FormChange]:
    """In the order of the form, what is no longer answered last."""
    was, now = told_by_name(before), told_by_name(after)
    for name in {**now, **was}:
        label, new = now.get(name, (was.get(name, ("", ""))[0], ""))
        old = was.get(name, ("", ""))[1]
        if old != new:
            yield FormChange(label=label, before=old, after=new)
