"""Correcting a form that was filled in (sửa tờ khai khi bổ sung hồ sơ), when the office asks for a supplement.

It is held to the form of the version that judges the dossier, the one in force on the day of its number. An answer
that was left as it was is not judged again: what was right on its day stays right, also when the version was rewritten
or a date has passed. What stood there before is kept in the answer to the letter that asked: nothing an applicant once
declared is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from congtam.dossiers.form.answers import (
    REMARKS,
    CheckedForm,
    answers_as_typed,
    field_unknown,
    hold_to,
    is_form_filled,
    kept_form,
    plain_answers,
    told_by_name,
)
from congtam.dossiers.models import DeskRecord
from congtam.kernel.errors import Problem
from congtam.kernel.vietnamese import nfc
from congtam.procedures.public import FieldKind, FormField, desk_procedure, fields_from_json, shown_fields


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
    def to_keep(self) -> dict[str, Any]:
        """As plain values, for `correction_kept`; empty where nothing reads otherwise."""
        changes = [asdict(each) for each in self.changes]
        return {"form": dict(self.form.kept), "changes": changes} if changes else {}


def correction_kept(values: Mapping[str, Any]) -> Correction | None:
    """A correction that was checked when it was sent, from its plain values; None where there was none."""
    if not values:
        return None
    changes = tuple(FormChange(**each) for each in values["changes"])
    return Correction(form=CheckedForm(kept=values["form"], is_filled_in=True), changes=changes)


def form_to_correct(desk: DeskRecord, *, begun: Mapping[str, Any] | None = None) -> FormToCorrect | None:
    """The form of a dossier, or as a correction had ``begun``; None where its procedure has none."""
    asked = _asked(desk)
    if not asked:
        return None
    names, is_filled_in = {field.name for field in asked}, is_form_filled(desk.form)
    typed = answers_as_typed(begun or desk.form) if is_filled_in else {}
    answers = {name: value for name, value in typed.items() if name in names}
    return FormToCorrect(fields=asked, answers=answers, is_filled_in=is_filled_in)


def corrected(desk: DeskRecord, given: Mapping[str, Any], *, on: date) -> Correction:
    """Hold the whole form, as it was sent anew, to what it asked; its problems name the fields ``form.…``."""
    asked, before = _asked(desk), desk.form.get("answers", {}) if is_form_filled(desk.form) else {}
    own, left = {field.name for field in asked}, set(_left(desk, asked, given))
    remarks = {name: desk.form[name] for name in REMARKS if name in desk.form and name not in own}
    answers = {name: value for name, value in given.items() if name in own or name not in REMARKS}
    strange = tuple(_strange(given, remarks, own))
    if not strange and left >= (own | given.keys()) & before.keys() and not _says_more(answers, before):
        return Correction(form=CheckedForm(kept=desk.form, is_filled_in=bool(before)), changes=())
    found = hold_to(asked, {**remarks, **answers}, case_kind=desk.case_kind, on=on)
    problems = (*strange, *(each for each in found.problems if _field_of(each) not in left))
    # What a changed answer hides goes; what a rewritten version would have hidden all along does not.
    now = {**{name: before[name] for name in left}, **found.kept["answers"]}
    hidden = _seen(asked, before, desk.case_kind) - _seen(asked, now, desk.case_kind)
    kept = _together(desk.form, found.kept, left - hidden | before.keys() - own, asked=asked)
    form = replace(found, kept=kept, problems=problems)
    changes = () if problems else tuple(_changes(desk.form, form.kept))
    return Correction(form=form, changes=changes)


def _seen(asked: Sequence[FormField], answers: Mapping[str, Any], case_kind: str) -> set[str]:
    return {field.name for field in shown_fields(asked, answers, case_kind=case_kind)}


def _left(desk: DeskRecord, asked: Sequence[FormField], given: Mapping[str, Any]) -> Iterator[str]:
    """The answers that were left as they were: as they are kept, as they are typed, or as far as a page shows them."""
    if not is_form_filled(desk.form):
        return
    fields, typed = {field.name: field for field in asked}, answers_as_typed(desk.form)
    for name, value in desk.form["answers"].items():
        ways = [value, typed[name], *([_shown(fields[name], typed[name])] if name in fields else [])]
        if any(is_same(given.get(name), way) for way in ways):
            yield name


def _shown(field: FormField, typed: Any) -> Any:
    """An answer as the page of today's field shows it: without choices that are no longer offered."""
    offered = {option.value for option in field.options}
    if field.kind is FieldKind.ROWS or isinstance(typed, list):
        is_list = isinstance(typed, list) and field.kind in {FieldKind.ROWS, FieldKind.CHOICES}
        return [each for each in typed if not offered or each in offered] if is_list else ""
    return typed if not offered or typed in offered else ""


def is_same(one: object, other: object) -> bool:
    """Whether two answers say the same; what is empty says nothing.

    >>> is_same([{"name": "A", "born": ""}, {"name": ""}], [{"name": "A"}])
    True
    """
    return _bare(one) == _bare(other)


def _bare(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: bare for name, each in value.items() if (bare := _bare(each))}
    if isinstance(value, list):
        return [bare for each in value if (bare := _bare(each))]
    return "" if value is None or value is False else "\n".join(nfc(str(value)).strip().splitlines())


def _says_more(answers: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return any(_bare(value) for name, value in answers.items() if name not in before)


def _strange(given: Mapping[str, Any], remarks: Mapping[str, Any], own: set[str]) -> Iterator[Problem]:
    """Remarks are no part of the form; sent along as they were, they do no harm."""
    for name in REMARKS:
        if name in given and name not in own and not is_same(given[name], remarks.get(name)):
            yield field_unknown(name)


def _field_of(problem: Problem) -> str:
    return (problem.column or "").removeprefix("form.").partition(".")[0]


def _asked(desk: DeskRecord) -> tuple[FormField, ...]:
    procedure = desk_procedure(desk.dossier.procedure_code, desk.numbered_on)
    return procedure.form_for(desk.case_kind) if procedure else ()


def _together(
    old: Mapping[str, Any], new: Mapping[str, Any], stays: Set[str], *, asked: Sequence[FormField]
) -> dict[str, Any]:
    """The new form, with what stays as it was from the old one; what was given before there was a form stays too."""
    if not is_form_filled(old):
        return {**{name: value for name, value in old.items() if name not in REMARKS}, **new}
    fields = {field.name: field for field in fields_from_json(new["fields"])}
    answers = dict(new["answers"])
    for field in fields_from_json(old["fields"]):
        if field.name in stays:
            fields[field.name], answers[field.name] = field, old["answers"][field.name]
    places = {field.name: place for place, field in enumerate(asked)}
    ordered = sorted(fields.values(), key=lambda field: places.get(field.name, len(places)))
    return kept_form(new, ordered, answers)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FormChange]:
    """In the order of the form, what is no longer answered last. The answers decide, not how they are told."""
    was, now = told_by_name(before), told_by_name(after)
    old, new = plain_answers(before), plain_answers(after)
    for name in {**now, **was}:
        if not is_same(old.get(name), new.get(name)):
            label = (now.get(name) or was[name])[0]
            yield FormChange(label=label, before=was.get(name, ("", ""))[1], after=now.get(name, ("", ""))[1])
