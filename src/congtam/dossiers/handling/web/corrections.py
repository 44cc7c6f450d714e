"""The electronic form on the page of a step (sửa tờ khai tại quầy): as it stands, to be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from congtam.dossiers.form.corrections import FormToCorrect, form_to_correct
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.intake.web.form_data import FormData
from congtam.dossiers.record import permissions
from congtam.forms.public import answers_of_page, form_sections, is_filled_in, is_same
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem


def merge_form_answers(
    form: VerbForm, entered: FormData, posted: QueryDict, *, actor: Actor
) -> tuple[FormData, bool]:
    """The page with what was typed into the form; and whether it only asked for a row more or less."""
    stored_form = _form_to_correct(form, actor)
    if stored_form is None:
        return entered, False
    answers, changed_row = answers_of_page(stored_form.fields, posted)
    return replace(entered, answers={**stored_form.answers, **answers}), bool(changed_row)


def form_argument(form: VerbForm, entered: FormData, *, actor: Actor) -> dict[str, Any]:
    """The form for the action; nothing where it came on paper and nobody typed into it."""
    stored_form = _form_to_correct(form, actor)
    came_on_paper = stored_form is not None and not stored_form.is_filled_in
    if stored_form is None or (came_on_paper and not is_filled_in(stored_form.fields, entered.answers)):
        return {}
    return {"form": {name: value for name, value in entered.answers.items() if value}}


def correction_panel(
    form: VerbForm, entered: FormData, *, problems: Sequence[Problem], actor: Actor
) -> dict[str, Any]:
    """What the page shows of the form; it stands open once something is wrong in it or typed."""
    stored_form = _form_to_correct(form, actor)
    if stored_form is None:
        return {}
    wrong = [each for each in problems if (each.column or "").startswith("form.")]
    answers = entered.answers or stored_form.answers
    return {
        "form_sections": form_sections(stored_form.fields, answers, problems=wrong),
        "form_is_open": bool(wrong) or not is_same(answers, stored_form.answers),
        "form_is_filled_in": stored_form.is_filled_in,
    }


def _form_to_correct(form: VerbForm, actor: Actor) -> FormToCorrect | None:
    """Nothing for a counter that took it in for another unit: it sees no more than its slip."""
    if not form.corrects_form or not permissions.may_see_person(actor, form.dossier.unit_code):
        return None
    return form_to_correct(form.desk)
