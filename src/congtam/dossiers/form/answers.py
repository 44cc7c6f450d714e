"""An electronic form that was filled in (tờ khai điện tử đã điền): checked, kept with what it answered, told.

A dossier must read the same when its procedure asks something else, or a version is rewritten on its own day. So, like
the checklist and the process, the fields that were answered are kept beside the answers:
``{"fields": […], "answers": {…}}``, and beside them the remarks that every application may carry. Where a procedure has
no form of its own, what was filled in is kept as it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from congtam.dossiers.record.domain.receipt import Receipt
from congtam.kernel.errors import Problem, msgid
from congtam.procedures.public import (
    DeskProcedure,
    FieldKind,
    FormField,
    checked,
    fields_from_json,
    fields_to_json,
    is_filled_in,
    told,
    unknown_names,
)

REMARKS: Final = ("request", "note")
"""What every application may say in words of its own (nội dung đề nghị, trình bày thêm)."""
_FIELDS: Final = "fields"
_ANSWERS: Final = "answers"


@dataclass(frozen=True, kw_only=True)
class FormLine:
    """One answer as people read it: a text, or rows under their heads."""

    label: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A heading of the form with its answers (mục của tờ khai)."""

    title: str
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, kw_only=True)
class CheckedForm:
    """A form as it is to be kept, and what is wrong with it."""

    kept: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_filled_in: bool = False


def check_form(
    receipt: Receipt, procedure: DeskProcedure | None, *, on: date, is_needed: bool = False
) -> CheckedForm:
    """Hold what was filled in to the form of the procedure; one that must be there (``is_needed``) is never empty.

    At the desk the form may come on paper: then nothing is missing. What is not part of the form is refused.
    """
    asked = procedure.form_for(receipt.case_kind) if procedure else ()
    if receipt.is_form_checked:
        return CheckedForm(kept=receipt.form, is_filled_in=is_form_filled(receipt.form))
    if not asked:
        reserved = [field_unknown(_FIELDS)] if is_form_filled(receipt.form) else []
        return CheckedForm(kept=receipt.form, problems=tuple(reserved))
    remarks, given = _split(asked, receipt.form)
    if not is_needed and not is_filled_in(asked, given, known=known_of(receipt)):
        return CheckedForm(kept=remarks, problems=_unknown_of(asked, given))
    return hold_to(asked, receipt.form, case_kind=receipt.case_kind, on=on)


def hold_to(asked: Sequence[FormField], form: Mapping[str, Any], *, case_kind: str, on: date) -> CheckedForm:
    """Hold answers, and the remarks beside them, to the fields of a form (of one case)."""
    remarks, given = _split(asked, form)
    answers, wrong = checked(asked, given, case_kind=case_kind, today=on)
    kept = kept_form(remarks, _answered(asked, answers), answers)
    return CheckedForm(kept=kept, problems=(*_unknown_of(asked, given), *wrong), is_filled_in=True)


def kept_form(
    remarks: Mapping[str, Any], fields: Iterable[FormField], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """A filled-in form as it is kept, with the remarks beside it."""
    beside = {name: remarks[name] for name in REMARKS if name in remarks}
    return {**beside, _FIELDS: fields_to_json(fields), _ANSWERS: dict(answers)}


def _split(asked: Sequence[FormField], form: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The remarks that stand beside a form, and the answers to its fields."""
    own = {field.name for field in asked}
    remarks = {name: form[name] for name in REMARKS if name in form and name not in own}
    return remarks, {name: value for name, value in form.items() if name not in remarks}


def _unknown_of(asked: Sequence[FormField], given: Mapping[str, Any]) -> tuple[Problem, ...]:
    return tuple(field_unknown(name) for name in unknown_names(asked, given))


def known_of(receipt: Receipt) -> dict[str, str]:
    """What a form may be filled in with ahead, by its source."""
    person = receipt.applicant
    return {
        "applicant.name": person.name,
        "applicant.id_number": person.id_number,
        "applicant.phone": person.phone,
        "applicant.email": person.email,
        "applicant.address": person.address,
    }


def field_unknown(name: str) -> Problem:
    """The form has no such field."""
    return Problem(
        code="field_unknown",
        message=msgid("The form of this procedure has no field “{field}”."),
        data={"field": name},
        column=f"form.{name}",
        advice=msgid("Ask for the fields of the procedure in force and send those."),
    )


def _answered(asked: Sequence[FormField], answers: Mapping[str, Any]) -> Iterator[FormField]:
    """The fields that have an answer, with no more of each than reading takes."""
    for each in asked:
        if each.name in answers:
            yield replace(
                each,
                is_required=True,
                help="",
                least="",
                most="",
                case_kind="",
                shown_when=None,
                fill_from="",
                options=tuple(
                    option for option in each.options if _is_chosen(option.value, answers[each.name])
                ),
                columns=tuple(_columns(each)),
            )


def _columns(table: FormField) -> Iterator[FormField]:
    for each in table.columns:
        yield replace(each, help="", least="", most="", case_kind="", shown_when=None, fill_from="")


def _is_chosen(value: str, answer: object) -> bool:
    return value in answer if isinstance(answer, list) else value == answer


def is_form_filled(kept: Mapping[str, Any]) -> bool:
    """Whether a form of the procedure's own was filled in."""
    return isinstance(kept.get(_ANSWERS), Mapping) and isinstance(kept.get(_FIELDS), list)


def plain_answers(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by name, as a program sent or would send them."""
    if not is_form_filled(kept):
        return dict(kept)
    return {**{name: kept[name] for name in REMARKS if name in kept}, **kept[_ANSWERS]}


def answers_as_typed(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by name as somebody would type them: days dd/mm/yyyy, numbers with a comma."""
    plain = plain_answers(kept)
    for each in fields_from_json(kept[_FIELDS]) if is_form_filled(kept) else ():
        plain[each.name] = _typed(each, plain[each.name])
    return plain


def _typed(asked: FormField, value: Any) -> Any:
    if asked.kind is FieldKind.ROWS:
        columns = {column.name: column for column in asked.columns}
        return [{name: _typed(columns[name], each) for name, each in row.items()} for row in value]
    if asked.kind is FieldKind.DATE:
        return "/".join(reversed(value.split("-")))
    return value.replace(".", ",") if asked.kind is FieldKind.NUMBER else value


def told_form(kept: Mapping[str, Any], *, language: str = "vi") -> list[FormPart]:
    """Everything that was filled in, by heading; labels in the language where the form has it."""
    lines = [(each.section, _line(each, language)) for each in _told(kept)] if is_form_filled(kept) else []
    parts = [
        FormPart(title=title, lines=tuple(line for _title, line in group))
        for title, group in groupby(lines, key=lambda pair: pair[0])
    ]
    remarks = tuple(_remarks(kept))
    return [*parts, FormPart(title="", lines=remarks)] if remarks else parts


def told_by_name(kept: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each answer by the name of its field: what it is called and what it says, tables row by row."""
    if not is_form_filled(kept):
        return {}
    return {
        each.field.name: (
            each.field.label,
            each.text or "; ".join(" · ".join(cell or "–" for cell in row) for row in each.rows),
        )
        for each in _told(kept)
    }


def _told(kept: Mapping[str, Any]) -> list[Any]:
    return told(fields_from_json(kept[_FIELDS]), kept[_ANSWERS])


def _line(answer: Any, language: str) -> FormLine:
    return FormLine(
        label=answer.field.label_in(language),
        text=answer.text,
        head=tuple(column.label_in(language) for column in answer.columns),
        rows=answer.rows,
    )


def _remarks(kept: Mapping[str, Any]) -> Iterator[FormLine]:
    known = {"request": _("What is asked for"), "note": _("Anything else the office should know")}
    for name, value in kept.items():
        if name in {_FIELDS, _ANSWERS} and is_form_filled(kept):
            continue
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if text.strip():
            yield FormLine(label=known.get(name, name), text=text)
