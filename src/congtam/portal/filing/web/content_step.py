"""The procedure's own form within the guided form (tờ khai điện tử của thủ tục)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from congtam.forms.public import (
    SHOWN_INPUTS,
    FieldKind,
    FormField,
    Input,
    InputSection,
    fields_to_json,
    form_pages,
    form_sections,
    shown_fields,
    validate,
)
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import Problem
from congtam.portal.models import Draft
from congtam.procedures.public import DeskProcedure

PREFIX: Final = "form."
FILLED_AHEAD: Final[Mapping[str, str]] = {
    "applicant.name": "name",
    "applicant.id_number": "id_number",
    "applicant.phone": "phone",
    "applicant.email": "email",
    "applicant.address": "address",
}
"""Where the guided form itself asks what a form may be filled in with ahead."""


@dataclass(frozen=True)
class OwnForm:
    """The form of the procedure for the case of a draft, with what was typed so far."""

    fields: tuple[FormField, ...]
    stored_answers: Mapping[str, Any]
    prefilled: Mapping[str, str]
    case_kind: str
    is_own: bool
    """Whether the procedure has a form; else it is the one everybody fills in."""

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What was typed, or was known before."""
        return {**self.prefilled, **self.stored_answers}

    @cached_property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """The names of the fields on each page."""
        return form_pages(self.fields)

    @cached_property
    def visible_pages(self) -> tuple[int, ...]:
        """The pages on which something is asked, given the answers; one at least."""
        shown = {field.name for field in self._shown_fields()}
        numbers = tuple(number for number, names in enumerate(self.pages, start=1) if shown & set(names))
        return numbers or (1,)

    def _shown_fields(self) -> tuple[FormField, ...]:
        return shown_fields(self.fields, self.answers, case_kind=self.case_kind)

    def page_of(self, column: str) -> int:
        """The page on which a problem is mended."""
        name = column.removeprefix(PREFIX).partition(".")[0]
        return next((number for number, names in enumerate(self.pages, start=1) if name in names), 1)

    def on_page(self, page: int) -> list[FormField]:
        """The fields of a page."""
        return [field for field in self.fields if field.name in self.pages[page - 1]]

    def problems(self) -> list[Problem]:
        """Everything wrong or missing in what was typed."""
        validated = validate(self.fields, self.stored_answers, case_kind=self.case_kind, today=today(clock()))
        return validated[1]

    def sections(self, page: int, problems: Sequence[Problem] = ()) -> list[InputSection]:
        """What a page shows."""
        return form_sections(self.fields, self.answers, problems=problems, names=self.pages[page - 1])


def form_with_answers(procedure: DeskProcedure, answers: Mapping[str, Any]) -> OwnForm:
    """The form of a procedure with the answers of a draft."""
    case_kind = answers.get("case_kind", "")
    fields = procedure.form_for(case_kind)
    stored_answers = {
        name.removeprefix(PREFIX): value for name, value in answers.items() if name.startswith(PREFIX)
    }
    prefilled = {
        field.name: answers.get(FILLED_AHEAD[field.fill_from], "")
        for field in fields
        if field.fill_from in FILLED_AHEAD
    }
    return OwnForm(fields or generic_fields(), stored_answers, prefilled, case_kind, bool(fields))


def generic_fields() -> tuple[FormField, ...]:
    """What everybody can fill in, where the catalogue gives a procedure no form of its own."""
    note = _("Other information for the office")
    return (
        FormField(name="request", label=_("Your request"), kind=FieldKind.LONG_TEXT),
        FormField(name="note", label=note, kind=FieldKind.LONG_TEXT, is_required=False),
    )


def newly_shown(sections: Sequence[InputSection], posted: QueryDict) -> list[Input]:
    """What an answer newly asks for: shown now, and not in sight when the page was sent."""
    shown_before = set(posted.getlist(SHOWN_INPUTS))
    if not shown_before:
        return []
    return [
        entry
        for section in sections
        for entry in _shown_inputs(section.inputs)
        if entry.name not in shown_before
    ]


def _shown_inputs(inputs: Sequence[Input]) -> Iterator[Input]:
    for entry in inputs:
        if entry.is_shown:
            yield entry
            for row in entry.rows:
                yield from _shown_inputs(row.inputs)


def changed_prefilled_answers(
    procedure: DeskProcedure, before: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """What was filled in ahead and left so, when the person is written otherwise now."""
    changes = {}
    for field in procedure.form_fields:
        source = FILLED_AHEAD.get(field.fill_from, "")
        name = f"{PREFIX}{field.name}"
        if source in new and name in before and before[name] == before.get(source, ""):
            changes[name] = new[source]
    return changes


def form_snapshot(procedure: DeskProcedure) -> dict[str, Any]:
    """What the form of a procedure asks: a digest of all of it, and the labels by name."""
    text = json.dumps(fields_to_json(procedure.form_fields), ensure_ascii=False, sort_keys=True)
    return {
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "labels": {field.name: field.label for field in procedure.form_fields},
    }


def form_changes(draft: Draft, procedure: DeskProcedure) -> dict[str, list[str]] | None:
    """What the form asks otherwise than when the draft was begun; None where it asks the same."""
    now, then = form_snapshot(procedure), draft.form_snapshot
    if not then or now["digest"] == then["digest"]:
        return None
    return {
        "added": [label for name, label in now["labels"].items() if name not in then["labels"]],
        "gone": [label for name, label in then["labels"].items() if name not in now["labels"]],
    }
