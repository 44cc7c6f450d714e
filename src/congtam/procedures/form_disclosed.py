"""What an electronic form asks, as it is disclosed to everybody before filing (công khai nội dung tờ khai)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from congtam.procedures.domain.forms import FormField
from congtam.procedures.form_wording import condition_in_words
from congtam.ui.public import current_language

_FEW: Final = 12
"""So many options are named; a longer list is met when the form is filled in."""


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """One field of a form: what is asked, and how."""

    label: str
    notes: tuple[str, ...]
    options: tuple[str, ...] = ()
    columns: tuple[AskedField, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskedSection:
    """A heading of a form and what is asked below it."""

    title: str
    fields: tuple[AskedField, ...]


def asked_sections(form: Sequence[FormField], cases: Mapping[str, str]) -> tuple[AskedSection, ...]:
    """What a form asks, heading by heading; ``cases`` are the names of the cases by code."""
    known = {field.name: field for field in form}
    return tuple(
        AskedSection(title=title, fields=_asked(fields, cases, known=known))
        for title, fields in groupby(form, key=lambda field: field.section)
    )


def _asked(
    form: Iterable[FormField], cases: Mapping[str, str], *, known: Mapping[str, FormField]
) -> tuple[AskedField, ...]:
    return tuple(
        AskedField(
            label=field.label_in(current_language()),
            notes=tuple(filter(None, _notes(field, cases, known=known))),
            options=tuple(option.label for option in field.options) if len(field.options) <= _FEW else (),
            columns=_asked(field.columns, cases, known={column.name: column for column in field.columns}),
        )
        for field in form
    )


def _notes(field: FormField, cases: Mapping[str, str], *, known: Mapping[str, FormField]) -> tuple[str, ...]:
    return (
        "" if field.is_required else _("may be left blank"),
        cases.get(field.case_kind, field.case_kind),
        condition_in_words(field, known),
    )
