"""The fields of the guided form, with their labels and what is wrong with them (các trường của biểu mẫu)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.kernel.errors import Problem
from congtam.portal.access.web.offices import offices_by_parent
from congtam.portal.filing.domain.application import FilingStep
from congtam.portal.models import Draft
from congtam.procedures.public import DeskProcedure

TITLES: Final[Mapping[FilingStep, str | Promise]] = {
    FilingStep.OFFICE: gettext_lazy("Where to file"),
    FilingStep.PERSON: gettext_lazy("Your details"),
    FilingStep.CONTENT: gettext_lazy("Your request"),
    FilingStep.PAPERS: gettext_lazy("Papers"),
    FilingStep.RETURN: gettext_lazy("The result"),
    FilingStep.CHECK: gettext_lazy("Check and send"),
}
_KINDS: Final = {
    "citizen": gettext_lazy("a person"),
    "organisation": gettext_lazy("an organisation"),
    "enterprise": gettext_lazy("a business"),
}
_WAYS: Final = {
    "desk": gettext_lazy("I will collect it at the one-stop shop"),
    "post": gettext_lazy("By post to my address"),
    "online": gettext_lazy("Download it from this site"),
}
Choices = Sequence[tuple[str, str | Promise]]


def fields_of(
    step: FilingStep, *, draft: Draft, procedure: DeskProcedure, problems: Sequence[Problem]
) -> list[dict[str, Any]]:
    """The fields of a step with what was typed and what is wrong."""
    makers = {
        FilingStep.OFFICE: lambda: _office_fields(procedure),
        FilingStep.PERSON: _person_fields,
        FilingStep.RETURN: _return_fields,
    }
    made = list(makers[step]()) if step in makers else []
    for field in made:
        field["value"] = draft.answers.get(field["name"], field.get("value", ""))
        field["problems"] = [each for each in problems if each.column == field["name"]]
    return made


def _office_fields(procedure: DeskProcedure) -> Iterator[dict[str, Any]]:
    yield {
        "name": "unit_code",
        "label": _("Handling office"),
        "kind": "groups",
        "groups": offices_by_parent(procedure.levels),
        "is_required": True,
        "help": _("Usually the office for the place where you live or where the matter is to be handled."),
    }
    if procedure.case_kinds:
        choices = [(kind.code, kind.name) for kind in procedure.case_kinds]
        yield _radio_field("case_kind", _("Your case"), choices)


def _person_fields() -> Iterator[dict[str, Any]]:
    yield {**_radio_field("kind", _("You are applying for"), list(_KINDS.items())), "value": "citizen"}
    yield _text_field("name", _("Full name"), autocomplete="name", is_required=True)
    help_text = _("12 digits, as printed on your identity card")
    yield _text_field("id_number", _("Identity number"), inputmode="numeric", help=help_text)
    help_text = _("Enter your phone number or your e-mail address.")
    yield _text_field("phone", _("Phone number"), kind="tel", autocomplete="tel", help=help_text)
    help_text = _("We send you an e-mail whenever your dossier changes.")
    yield _text_field("email", _("E-mail address"), kind="email", autocomplete="email", help=help_text)
    yield _text_field("address", _("Address"), autocomplete="street-address")
    help_text = _("Only if you file for someone else")
    yield _text_field("submitter", _("Your own name, if you act for someone else"), help=help_text)


def _return_fields() -> Iterator[dict[str, Any]]:
    yield _radio_field("return_way", _("How would you like to receive the result?"), list(_WAYS.items()))


def _text_field(name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "text", **more}


def _radio_field(name: str, label: str, choices: Choices) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "choices", "choices": choices, "is_required": True}
