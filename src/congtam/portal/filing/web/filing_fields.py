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
    FilingStep.PLACE: gettext_lazy("Where to"),
    FilingStep.PERSON: gettext_lazy("Who you are"),
    FilingStep.CONTENT: gettext_lazy("What you ask for"),
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
    "desk": gettext_lazy("I come to the one-stop shop"),
    "post": gettext_lazy("By post to my address"),
    "online": gettext_lazy("As a file on this site"),
}
Choices = Sequence[tuple[str, str | Promise]]


def fields_of(
    step: FilingStep, *, draft: Draft, procedure: DeskProcedure, problems: Sequence[Problem]
) -> list[dict[str, Any]]:
    """The fields of a step with what was typed and what is wrong."""
    makers = {
        FilingStep.PLACE: lambda: _office_fields(procedure),
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
        "label": _("The office that handles it"),
        "kind": "groups",
        "groups": offices_by_parent(procedure.levels),
        "is_required": True,
        "help": _("As a rule the office of the place where you live or where the matter lies."),
    }
    if procedure.case_kinds:
        choices = [(kind.code, kind.name) for kind in procedure.case_kinds]
        yield _radio("case_kind", _("Your case"), choices)


def _person_fields() -> Iterator[dict[str, Any]]:
    yield {**_radio("kind", _("You apply for"), list(_KINDS.items())), "value": "citizen"}
    yield _text("name", _("Full name"), autocomplete="name", is_required=True)
    help_text = _("12 digits, on your identity card")
    yield _text("id_number", _("Identity number"), inputmode="numeric", help=help_text)
    help_text = _("A phone number or an e-mail address is needed.")
    yield _text("phone", _("Phone number"), kind="tel", autocomplete="tel", help=help_text)
    help_text = _("We write to it whenever something changes.")
    yield _text("email", _("E-mail address"), kind="email", autocomplete="email", help=help_text)
    yield _text("address", _("Address"), autocomplete="street-address")
    help_text = _("Only if you hand it in for somebody else")
    yield _text("submitter", _("Your own name, if you act for another"), help=help_text)


def _return_fields() -> Iterator[dict[str, Any]]:
    yield _radio("return_way", _("How do you want to get the result?"), list(_WAYS.items()))


def _text(name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "text", **more}


def _radio(name: str, label: str, choices: Choices) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": "choices", "choices": choices, "is_required": True}
