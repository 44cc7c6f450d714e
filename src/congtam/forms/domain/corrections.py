"""Correcting a form that was filled in (sửa tờ khai): what was left alone stays right, what was changed is validated.

The form may ask something else by now, and days may have passed. So an answer that was sent back as it was is not
judged again, and nothing that was once declared is lost because a rewritten form no longer asks for it. Worked table:
`tests/test_corrections.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.filled_form import FilledForm, fill_in
from congtam.forms.domain.validation import unknown_names
from congtam.kernel.errors import Problem
from congtam.kernel.vietnamese import nfc


@dataclass(frozen=True, kw_only=True)
class SplitAnswers:
    """The names of the answers that were sent anew, by what became of them."""

    unchanged: frozenset[str]
    """Answered before, and sent as it was."""
    changed: frozenset[str]
    """Answered before and now otherwise or no longer, or answered for the first time."""


@dataclass(frozen=True, kw_only=True)
class CorrectedForm:
    """A form as it reads after a correction, and what is wrong with the answers that were changed."""

    form: FilledForm
    is_changed: bool
    unknown: tuple[str, ...] = ()
    """The names that the form does not have and did not have before."""
    problems: tuple[Problem, ...] = ()


def correct(
    form: Sequence[FormField],
    before: FilledForm,
    answers: Mapping[str, Any],
    *,
    case_kind: str = "",
    today: date,
) -> CorrectedForm:
    """Correct a filled-in form with all of its answers, sent anew; ``form`` is what is asked today."""
    parts = split(before, answers, form)
    if not parts.changed:
        return CorrectedForm(form=before, is_changed=False)
    filled, problems = fill_in(form, answers, case_kind=case_kind, today=today)
    unchanged = {name: before.answers[name] for name in before.answers if name in parts.unchanged}
    hidden = hidden_by(form, before.answers, {**unchanged, **filled.answers}, case_kind=case_kind)
    names = {field.name for field in form}
    stays = (parts.unchanged - hidden) | (before.answers.keys() - names)
    return CorrectedForm(
        form=merge(before, filled, stays, form=form),
        is_changed=True,
        unknown=tuple(
            name for name in unknown_names(form, answers) if name.partition(".")[0] not in parts.unchanged
        ),
        problems=tuple(each for each in problems if _field_of(each) not in parts.unchanged),
    )


def split(before: FilledForm, answers: Mapping[str, Any], form: Sequence[FormField]) -> SplitAnswers:
    """Tell the answers that were left as they were from those that were changed.

    Left as it was is an answer that came back as it is stored, as it would be typed, or as far as a page of today's
    form can show it. What the form no longer asks and nobody sent is neither.
    """
    fields, input_values = {field.name: field for field in form}, before.input_values()
    unchanged = frozenset(
        name
        for name, value in before.answers.items()
        if any(
            is_same(answers.get(name), way)
            for way in _unchanged_forms(value, input_values[name], fields.get(name))
        )
    )
    sent = (fields.keys() | answers.keys()) & before.answers.keys()
    new = {name for name, value in answers.items() if name not in before.answers and _strip_empty(value)}
    return SplitAnswers(unchanged=unchanged, changed=frozenset(sent - unchanged | new))


def _unchanged_forms(stored: Any, input_value: Any, field: FormField | None) -> list[Any]:
    """The ways in which an answer that nobody touched may come back."""
    return (
        [stored, input_value]
        if field is None
        else [stored, input_value, _displayed_value(field, input_value)]
    )


def _displayed_value(field: FormField, input_value: Any) -> Any:
    """An answer as the page of today's field shows it: without choices that are no longer offered."""
    offered = {option.value for option in field.options}
    if field.kind is FieldKind.ROWS or isinstance(input_value, list):
        is_list = isinstance(input_value, list) and field.kind in {FieldKind.ROWS, FieldKind.CHOICES}
        return [each for each in input_value if not offered or each in offered] if is_list else ""
    return input_value if not offered or input_value in offered else ""


def hidden_by(
    form: Sequence[FormField], before: Mapping[str, Any], after: Mapping[str, Any], *, case_kind: str = ""
) -> frozenset[str]:
    """The fields that the change of answers hides; not those that today's form would have hidden all along."""
    shown_before = {field.name for field in shown_fields(form, before, case_kind=case_kind)}
    shown_after = {field.name for field in shown_fields(form, after, case_kind=case_kind)}
    return frozenset(shown_before - shown_after)


def merge(before: FilledForm, after: FilledForm, stays: Set[str], *, form: Sequence[FormField]) -> FilledForm:
    """The new answers, with those that stay as they were from before, in the order of the form; others come last."""
    fields, answers = {field.name: field for field in after.fields}, dict(after.answers)
    for field in before.fields:
        if field.name in stays:
            fields[field.name], answers[field.name] = field, before.answers[field.name]
    order = {field.name: number for number, field in enumerate(form)}
    ordered = sorted(fields.values(), key=lambda field: order.get(field.name, len(order)))
    return replace(after, fields=tuple(ordered), answers=answers)


def is_same(one: object, other: object) -> bool:
    """Whether two answers say the same; what is empty says nothing.

    >>> is_same([{"name": "A", "born": ""}, {"name": ""}], [{"name": "A"}])
    True
    """
    return _strip_empty(one) == _strip_empty(other)


def _strip_empty(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: bare for name, each in value.items() if (bare := _strip_empty(each))}
    if isinstance(value, list):
        return [bare for each in value if (bare := _strip_empty(each))]
    return "" if value is None or value is False else "\n".join(nfc(str(value)).strip().splitlines())


def _field_of(problem: Problem) -> str:
    return (problem.column or "").removeprefix("form.").partition(".")[0]
