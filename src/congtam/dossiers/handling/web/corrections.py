"""The electronic form on the page of a step (sửa tờ khai tại quầy): as it stands, to be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from congtam.dossiers.form.corrections import FormToCorrect, form_to_correct
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.intake.web.typed import Typed
from congtam.dossiers.record import permissions
from congtam.forms.public import answers_of_page, form_sections, is_filled_in, is_same
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem


def with_form(form: VerbForm, typed: Typed, posted: QueryDict, *, actor: Actor) -> tuple[Typed, bool]:
    """The page with what was typed into the form; and whether it only asked for a row more or less."""
    asked = _asked(form, actor)
    if asked is None:
        return typed, False
    answers, changed_row = answers_of_page(asked.fields, posted)
    return replace(typed, answers={**asked.answers, **answers}), bool(changed_row)


def form_argument(form: VerbForm, typed: Typed, *, actor: Actor) -> dict[str, Any]:
    """The form for the action; nothing where it came on paper and nobody typed into it."""
    asked = _asked(form, actor)
    came_on_paper = asked is not None and not asked.is_filled_in
    if asked is None or (came_on_paper and not is_filled_in(asked.fields, typed.answers)):
        return {}
    return {"form": {name: value for name, value in typed.answers.items() if value}}


def correction_panel(
    form: VerbForm, typed: Typed, *, problems: Sequence[Problem], actor: Actor
) -> dict[str, Any]:
    """What the page shows of the form; it stands open once something is wrong in it or typed."""
    asked = _asked(form, actor)
    if asked is None:
        return {}
    wrong = [each for each in problems if (each.column or "").startswith("form.")]
    answers = typed.answers or asked.answers
    return {
        "form_sections": form_sections(asked.fields, answers, problems=wrong),
        "form_is_open": bool(wrong) or not is_same(answers, asked.answers),
        "form_is_filled_in": asked.is_filled_in,
    }


def _asked(form: VerbForm, actor: Actor) -> FormToCorrect | None:
    """Nothing for a counter that took it in for another unit: it sees no more than its slip."""
    if not form.corrects_form or not permissions.may_see_person(actor, form.dossier.unit_code):
        return None
    return form_to_correct(form.desk)
