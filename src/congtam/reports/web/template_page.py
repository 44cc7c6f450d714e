"""What the page of templates shows (trang mẫu văn bản của tỉnh)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.foundation.public import clock, display_names
from congtam.kernel.clock import today
from congtam.kernel.errors import Problem
from congtam.reports.actions.templates import FORMS
from congtam.reports.dossier_forms.documents import APPLICATION
from congtam.reports.form_catalogue import form_in_force
from congtam.reports.inspection.report import INSPECTION_REPORT
from congtam.reports.models import FormTemplate
from congtam.reports.queries import latest_templates, template_row
from congtam.typesetting.public import SLOTS, TemplateSlot
from congtam.ui.public import DayInput

OWN_NAMES = {
    INSPECTION_REPORT: gettext_lazy("Report of an inspection pack"),
    APPLICATION: gettext_lazy("Form filled in by the applicant"),
}


def form_name(form: str) -> str:
    """What a form is called today."""
    return (
        str(OWN_NAMES[form]) if form in OWN_NAMES else form_in_force(form, today(clock())).title.capitalize()
    )


def _form_choices() -> list[tuple[str, str]]:
    return [(form, form_name(form)) for form in FORMS]


class TemplateForm(forms.Form):
    """Which .docx for which form from which day on."""

    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=_form_choices)
    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Documents dated on or after this day use it."),
        widget=DayInput(),
    )


def context(form: TemplateForm, *, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """The values of the page."""
    rows = latest_templates()
    names = display_names([row.set_by for row in rows])
    return {
        "form": form,
        "forms": [_form_context(key) for key in FORMS],
        "history": [_template_row(row, names.get(row.set_by, row.set_by)) for row in rows],
        "slots": slot_rows(SLOTS.values()),
        "problems": problems,
    }


def slot_rows(slots: Iterable[TemplateSlot]) -> list[dict[str, Any]]:
    """Slots with what they are for."""
    return [_slot_row(slot) for slot in slots]


def _form_context(key: str) -> dict[str, Any]:
    row = template_row(key, today(clock()))
    has_own = row is not None and bool(row.digest)
    return {"key": key, "name": form_name(key), "row": row if has_own else None}


def _template_row(row: FormTemplate, who: str) -> dict[str, Any]:
    return {"row": row, "form": form_name(row.form), "who": who}


def _slot_row(slot: TemplateSlot) -> dict[str, Any]:
    return {"name": f"{{{{ {slot.name} }}}}", "about": _(slot.about), "is_block": slot.is_block}
