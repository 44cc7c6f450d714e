"""The fields of an electronic form in the words a person reads (cách diễn đạt trường thông tin)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.forms.domain.bounds import format_vietnamese_number
from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.values import NO, TODAY, YES
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import number_or_none
from congtam.kernel.vietnamese import fold
from congtam.ui.public import current_language

Word = str | Promise

_UNITS: Final[Mapping[FieldKind, Word]] = {
    FieldKind.TEXT: gettext_lazy("{count} characters"),
    FieldKind.LONG_TEXT: gettext_lazy("{count} characters"),
    FieldKind.ROWS: gettext_lazy("{count} rows"),
}
KINDS: Final[Mapping[FieldKind, Word]] = {
    FieldKind.TEXT: gettext_lazy("Single-line text"),
    FieldKind.LONG_TEXT: gettext_lazy("Multi-line text"),
    FieldKind.NUMBER: gettext_lazy("A number"),
    FieldKind.MONEY: gettext_lazy("Amount of money"),
    FieldKind.DATE: gettext_lazy("Date (day, month, year)"),
    FieldKind.YEAR: gettext_lazy("Year"),
    FieldKind.CHOICE: gettext_lazy("Single choice"),
    FieldKind.CHOICES: gettext_lazy("Multiple choice"),
    FieldKind.YES: gettext_lazy("Checkbox"),
    FieldKind.PHONE: gettext_lazy("Phone number"),
    FieldKind.EMAIL: gettext_lazy("E-mail address"),
    FieldKind.ID_NUMBER: gettext_lazy("Personal identity number"),
    FieldKind.ROWS: gettext_lazy("Table of rows"),
}
SOURCES: Final[Mapping[str, Word]] = {
    "": gettext_lazy("None: entered by the citizen"),
    "applicant.name": gettext_lazy("Full name of the applicant"),
    "applicant.id_number": gettext_lazy("Identity number of the applicant"),
    "applicant.phone": gettext_lazy("Phone number of the applicant"),
    "applicant.email": gettext_lazy("E-mail address of the applicant"),
    "applicant.address": gettext_lazy("Address of the applicant"),
}


def kind_codes_by_name() -> dict[str, str]:
    """The kinds by the words they may be written in, folded: their names in both languages."""
    return _codes_by_name(KINDS)


def source_codes_by_name() -> dict[str, str]:
    """The same of what is filled in ahead."""
    return _codes_by_name({code: name for code, name in SOURCES.items() if code})


def _codes_by_name(names: Mapping[Any, Word]) -> dict[str, str]:
    codes = {str(code): str(code) for code in names}
    for language in ("en", "vi"):
        with translation.override(language):
            codes |= {fold(str(name)): str(code) for code, name in names.items()}
    return codes


def field_texts(form: Sequence[FormField], cases: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and text of each field and column, to be compared: all that changes what is asked."""
    return list(_form_texts(form, cases, under=None))


def _form_texts(
    form: Sequence[FormField], cases: Mapping[str, str], *, under: FormField | None
) -> Iterator[tuple[str, str]]:
    siblings = {field.name: field for field in form}
    for field in form:
        label = f"{under.label} › {field.label}" if under else field.label
        name = f"{under.name}.{field.name}" if under else field.name
        title = f"{field.section}: {label}" if field.section else label
        lines = [title, "; ".join(field_notes(field, cases, siblings=siblings))]
        if field.options:
            options = ", ".join(option.label for option in field.options)
            lines.append(_("Options: {options}").format(options=options))
        yield name, "\n".join([*lines, *(text for text in (field.help, field.label_en) if text)])
        yield from _form_texts(field.columns, cases, under=field)


def field_notes(
    field: FormField, cases: Mapping[str, str], *, siblings: Mapping[str, FormField]
) -> list[str]:
    """What kind of answer a field takes, within which bounds, and when it is asked, among the fields ``siblings``."""
    source = SOURCES[field.fill_from] if field.fill_from in SOURCES and field.fill_from else ""
    notes = [
        str(KINDS[field.kind]),
        "" if field.is_required else _("may be left blank"),
        cases.get(field.case_kind, field.case_kind),
        describe_condition(field, siblings),
        _("from {minimum}").format(minimum=_format_bound(field, field.minimum)) if field.minimum else "",
        _("to {maximum}").format(maximum=_format_bound(field, field.maximum)) if field.maximum else "",
        field.suffix,
        _("prefilled: {source}").format(source=source) if source else "",
    ]
    return [each for each in notes if each]


def _format_bound(field: FormField, text: str) -> str:
    if field.kind is FieldKind.DATE:
        day = day_or_none(text)
        return f"{day:%d/%m/%Y}" if day else _("today")
    if field.kind is FieldKind.YEAR:
        return _("this year") if text == TODAY else text
    value = number_or_none(text)
    written = format_vietnamese_number(value) if value is not None else text
    return str(_UNITS.get(field.kind, "{count}")).format(count=written)


def describe_condition(field: FormField, siblings: Mapping[str, FormField]) -> str:
    """When a field is asked, in the labels of the field it depends on; nothing where it always is."""
    condition = field.shown_when
    if condition is None:
        return ""
    control = siblings.get(condition.field)
    labels = control.option_labels if control else {}
    if control and control.kind is FieldKind.YES:
        labels = {YES: _("ticked"), NO: _("not ticked")}
    return _("only if “{field}” is {values}").format(
        field=control.label_in(current_language()) if control else condition.field,
        values=f" {_('or')} ".join(labels.get(value, value) for value in condition.values),
    )
