"""The fields of an online form in the words a person reads (cách diễn đạt trường thông tin)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from congtam.kernel.vietnamese import fold
from congtam.procedures.domain.comparison import Row
from congtam.procedures.domain.forms import FieldKind, FormField
from congtam.procedures.labels import Word

_FEW: Final = 12
"""So many options are named where a form is disclosed; a longer list is met when it is filled in."""
KINDS: Final[Mapping[FieldKind, Word]] = {
    FieldKind.TEXT: gettext_lazy("One line"),
    FieldKind.LONG_TEXT: gettext_lazy("Several lines"),
    FieldKind.NUMBER: gettext_lazy("A number"),
    FieldKind.MONEY: gettext_lazy("Amount of money"),
    FieldKind.DATE: gettext_lazy("Day, month, year"),
    FieldKind.YEAR: gettext_lazy("Year"),
    FieldKind.CHOICE: gettext_lazy("One of a list"),
    FieldKind.CHOICES: gettext_lazy("Several of a list"),
    FieldKind.YES: gettext_lazy("Box to tick"),
    FieldKind.PHONE: gettext_lazy("Phone number"),
    FieldKind.EMAIL: gettext_lazy("E-mail address"),
    FieldKind.ID_NUMBER: gettext_lazy("Personal identity number"),
    FieldKind.ROWS: gettext_lazy("Table of rows"),
}
SOURCES: Final[Mapping[str, Word]] = {
    "": gettext_lazy("Nothing: typed by the citizen"),
    "applicant.name": gettext_lazy("Full name of the applicant"),
    "applicant.id_number": gettext_lazy("Identity number of the applicant"),
    "applicant.phone": gettext_lazy("Phone number of the applicant"),
    "applicant.email": gettext_lazy("E-mail address of the applicant"),
    "applicant.address": gettext_lazy("Address of the applicant"),
}


def codes_of_kinds() -> dict[str, str]:
    """The kinds by the words they may be written in, folded: their names in both languages."""
    return _codes(KINDS)


def codes_of_sources() -> dict[str, str]:
    """The same of what is filled in ahead."""
    return _codes({code: name for code, name in SOURCES.items() if code})


def _codes(names: Mapping[Any, Word]) -> dict[str, str]:
    found = {str(code): str(code) for code in names}
    for language in ("en", "vi"):
        with translation.override(language):
            found |= {fold(str(name)): str(code) for code, name in names.items()}
    return found


def field_rows(
    form: Iterable[FormField], cases: Mapping[str, str], *, under: FormField | None = None
) -> Iterator[Row]:
    """One row for each field and column, to be compared: all that changes what is asked."""
    for field in form:
        label = f"{under.label} › {field.label}" if under else field.label
        name = f"{under.name}.{field.name}" if under else field.name
        yield Row(
            name, "\n".join((f"{field.section}: {label}" if field.section else label, *_lines(field, cases)))
        )
        yield from field_rows(field.columns, cases, under=field)


def _lines(field: FormField, cases: Mapping[str, str]) -> Iterator[str]:
    yield "; ".join(notes_of(field, cases))
    if field.options:
        yield _("Options: {options}").format(options=", ".join(option.label for option in field.options))
    if field.help:
        yield field.help


def notes_of(field: FormField, cases: Mapping[str, str]) -> list[str]:
    """What kind of answer a field takes, and when it is asked."""
    found = [
        str(KINDS[field.kind]),
        "" if field.is_required else _("may be left blank"),
        cases.get(field.case_kind, field.case_kind),
        condition_in_words(field),
        _("from {least}").format(least=field.least) if field.least else "",
        _("to {most}").format(most=field.most) if field.most else "",
        field.suffix,
        _("filled in ahead: {source}").format(source=SOURCES[field.fill_from])
        if field.fill_from in SOURCES and field.fill_from
        else "",
    ]
    return [each for each in found if each]


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """One field of a form as it is disclosed: what is asked, and how."""

    label: str
    notes: tuple[str, ...]
    options: tuple[str, ...] = ()
    help: str = ""
    columns: tuple[AskedField, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskedSection:
    """A heading of a form and what is asked below it."""

    title: str
    fields: tuple[AskedField, ...]


def asked_sections(form: Sequence[FormField], cases: Mapping[str, str]) -> tuple[AskedSection, ...]:
    """What a form asks, for everybody to read before filing (nội dung tờ khai); ``cases`` are their names by code."""
    return tuple(
        AskedSection(title=title, fields=_asked(tuple(fields), cases))
        for title, fields in groupby(form, key=lambda field: field.section)
    )


def _asked(form: Sequence[FormField], cases: Mapping[str, str]) -> tuple[AskedField, ...]:
    language = get_language() or "vi"
    labels = {field.name: field for field in form}
    return tuple(
        AskedField(
            label=field.label_in(language),
            notes=tuple(_public_notes(field, labels, cases, language=language)),
            options=tuple(option.label for option in field.options) if len(field.options) <= _FEW else (),
            help=field.help,
            columns=_asked(field.columns, cases),
        )
        for field in form
    )


def _public_notes(
    field: FormField, known: Mapping[str, FormField], cases: Mapping[str, str], *, language: str
) -> Iterator[str]:
    if not field.is_required:
        yield _("may be left blank")
    if field.case_kind:
        yield cases.get(field.case_kind, field.case_kind)
    condition = field.shown_when
    if condition and condition.field in known:
        asked = known[condition.field]
        labels = asked.option_labels or {"yes": _("ticked"), "no": _("not ticked")}
        yield _("only where “{field}” is {values}").format(
            field=asked.label_in(language),
            values=", ".join(labels.get(value, value) for value in condition.values),
        )


def condition_in_words(field: FormField) -> str:
    """When a field is asked."""
    condition = field.shown_when
    if condition is None:
        return ""
    return _("only where “{field}” is {values}").format(
        field=condition.field, values=", ".join(condition.values)
    )
