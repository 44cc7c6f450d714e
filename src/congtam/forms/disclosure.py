"""What an electronic form asks, as it is disclosed to everybody before filing (công khai nội dung tờ khai)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from congtam.forms.domain.fields import FormField
from congtam.forms.wording import describe_condition
from congtam.ui.public import current_language

_FEW: Final = 12
"""So many options are named; a longer list is met when the form is filled in."""


@dataclass(frozen=True, kw_only=True)
class DisclosedField:
    """One field of a form: what is asked, and how."""

    label: str
    notes: tuple[str, ...]
    options: tuple[str, ...] = ()
    columns: tuple[DisclosedField, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DisclosedSection:
    """A heading of a form and what is asked below it."""

    title: str
    fields: tuple[DisclosedField, ...]


def disclosed_sections(form: Sequence[FormField], cases: Mapping[str, str]) -> tuple[DisclosedSection, ...]:
    """What a form asks, heading by heading; ``cases`` are the names of the cases by code."""
    siblings = {field.name: field for field in form}
    return tuple(
        DisclosedSection(title=title, fields=_disclosed_fields(fields, cases, siblings=siblings))
        for title, fields in groupby(form, key=lambda field: field.section)
    )


def _disclosed_fields(
    form: Iterable[FormField], cases: Mapping[str, str], *, siblings: Mapping[str, FormField]
) -> tuple[DisclosedField, ...]:
    return tuple(
        DisclosedField(
            label=field.label_in(current_language()),
            notes=tuple(filter(None, _field_notes(field, cases, siblings=siblings))),
            options=tuple(option.label for option in field.options) if len(field.options) <= _FEW else (),
            columns=_disclosed_fields(
                field.columns, cases, siblings={column.name: column for column in field.columns}
            ),
        )
        for field in form
    )


def _field_notes(
    field: FormField, cases: Mapping[str, str], *, siblings: Mapping[str, FormField]
) -> tuple[str, ...]:
    return (
        "" if field.is_required else _("may be left blank"),
        cases.get(field.case_kind, field.case_kind),
        describe_condition(field, siblings),
    )
