"""Set the template of a form (đặt mẫu của tỉnh): checked, stored, in force from a day on, on record."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from django.db import transaction

from congtam.foundation.files import store_file
from congtam.foundation.public import Actor, clock, record
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, NotFound, msgid
from congtam.reports.dossier_forms.documents import APPLICATION
from congtam.reports.form_catalogue import form_keys
from congtam.reports.inspection.report import INSPECTION_REPORT
from congtam.reports.models import FormTemplate
from congtam.reports.permissions import require_set_templates
from congtam.reports.queries import get_template_file, stored_template, template_row
from congtam.reports.samples import sample_document
from congtam.typesetting.public import (
    MEDIA_TYPES,
    OfficialDocument,
    Template,
    TemplateSlot,
    check_template,
    render,
    required_slots,
    starter_template,
    unused_slots,
)

TEMPLATE_KIND: Final = "form_template"
FORMS: Final = (INSPECTION_REPORT, *(key for key in form_keys() if key != "book"), APPLICATION)
"""The forms that may have a template; the book is a table and nothing else."""


class TemplateInPast(DomainError):
    """A template cannot change documents of days gone by."""

    code: ClassVar[str] = "reports.template_in_past"
    message: ClassVar[str] = msgid(
        "A template can take effect today or later: documents of earlier days stay as they are."
    )


class NoTemplateToEnd(DomainError):
    """The form has the standard layout already."""

    code: ClassVar[str] = "reports.no_template_to_end"
    message: ClassVar[str] = msgid("This form already has the standard layout.")


def check_form_template(form: str, content: bytes, *, name: str, on: date, actor: Actor) -> Template:
    """The template, or InputRefused with every problem it has for this form; nothing is stored."""
    require_set_templates(actor)
    return check_template(content, name=name, required=required_slots(_build_sample(form, on)))


@transaction.atomic
def set_template(form: str, content: bytes, *, name: str, valid_from: date, actor: Actor) -> FormTemplate:
    """Put a .docx in force for a form; of two that begin on one day the later one counts.

    Raises NotAllowed, NotFound for a form that takes no template, TemplateInPast, InputRefused with every problem, and
    FileRefused for a name that is not one of a .docx.
    """
    require_set_templates(actor)
    template = check_form_template(form, content, name=name, on=_require_not_past(valid_from), actor=actor)
    stored = store_file(
        template.content, name=name, media_type=MEDIA_TYPES["docx"], kind=TEMPLATE_KIND, actor=actor
    )
    return _create_row(form, valid_from, digest=stored.digest, name=name, actor=actor)


@transaction.atomic
def end_template(form: str, *, valid_from: date, actor: Actor) -> FormTemplate:
    """Go back to the standard layout from a day on."""
    require_set_templates(actor)
    _require_form(form)
    row = template_row(form, _require_not_past(valid_from))
    if row is None or not row.digest:
        raise NoTemplateToEnd
    return _create_row(form, valid_from, digest="", name="", actor=actor)


def preview_template(form: str, digest: str, *, actor: Actor) -> bytes:
    """A made-up document in a stored template, as .docx."""
    require_set_templates(actor)
    row = get_template_file(form, digest)
    return render(_build_sample(form, row.valid_from), "docx", template=stored_template(digest))


def preview_upload(form: str, template: Template, *, on: date) -> bytes:
    """A made-up document in a template that was only checked."""
    return render(_build_sample(form, on), "docx", template=template)


def build_starter_template(form: str, *, actor: Actor) -> bytes:
    """The standard layout of a form with slots, to begin a template with."""
    require_set_templates(actor)
    return starter_template(_build_sample(form, today(clock())))


def unused_form_slots(form: str, template: Template, *, on: date) -> tuple[TemplateSlot, ...]:
    """What documents of the form say and this template leaves out."""
    return unused_slots(_build_sample(form, on), template.slots)


def _build_sample(form: str, on: date) -> OfficialDocument:
    _require_form(form)
    return sample_document(form, on)


def _require_form(form: str) -> None:
    if form not in FORMS:
        raise NotFound(kind="printed form", key=form)


def _require_not_past(day: date) -> date:
    if day < today(clock()):
        raise TemplateInPast
    return day


def _create_row(form: str, valid_from: date, *, digest: str, name: str, actor: Actor) -> FormTemplate:
    row = FormTemplate.objects.create(
        form=form,
        valid_from=valid_from,
        digest=digest,
        name=name,
        set_by=actor.username,
        set_at=clock().now(),
    )
    record(
        actor,
        "report.template_set" if digest else "report.template_ended",
        kind="form_template",
        key=form,
        unit_code="",
        data={"valid_from": valid_from.isoformat(), "name": name},
        after=digest,
    )
    return row
