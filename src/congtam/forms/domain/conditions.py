"""Which fields of a form are asked (trường được hiển thị), given what was answered before them."""

from __future__ import annotations

from collections.abc import Iterable

from congtam.forms.domain.fields import CONDITIONS, Answers, FieldKind, FormField
from congtam.forms.domain.values import NO, YES, as_text, parse_ticked


def shown_fields(
    form: Iterable[FormField], answers: Answers, *, case_kind: str = ""
) -> tuple[FormField, ...]:
    """The fields to be answered, in order; a condition on a field that is itself hidden is not met.

    >>> from congtam.forms.domain.fields import Option, ShownWhen
    >>> form = [
    ...     FormField(name="why", label="Mục đích", kind=FieldKind.CHOICE, options=(Option(value="a", label="A"),)),
    ...     FormField(name="who", label="Với ai", shown_when=ShownWhen(field="why", values=("a",))),
    ... ]
    >>> [[field.name for field in shown_fields(form, {"why": why})] for why in ("a", "b")]
    [['why', 'who'], ['why']]
    """
    shown: dict[str, FormField] = {}
    for field in form:
        if field.case_kind in {"", case_kind} and _is_met(field, shown, answers):
            shown[field.name] = field
    return tuple(shown.values())


def _is_met(field: FormField, shown: dict[str, FormField], answers: Answers) -> bool:
    condition = field.shown_when
    if condition is None:
        return True
    control = shown.get(condition.field)
    return control is not None and not condition_values(control, answers.get(control.name)).isdisjoint(
        condition.values
    )


def condition_values(field: FormField, raw: object) -> frozenset[str]:
    """The values a field has for a condition; none where nobody chooses."""
    if field.kind not in CONDITIONS:
        return frozenset()
    if field.kind is FieldKind.YES:
        return frozenset({YES if parse_ticked(as_text(raw) or "") else NO})
    texts = {as_text(each) for each in (raw if isinstance(raw, list) else [raw])}
    if field.kind is FieldKind.CHOICE and isinstance(raw, list):
        return frozenset()
    return frozenset(option.value for option in field.options if option.value in texts)
