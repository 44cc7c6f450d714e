"""Reading the templates of forms (mẫu đang áp dụng)."""

from __future__ import annotations

from datetime import date

from congtam.foundation.files import open_file
from congtam.kernel.errors import NotFound
from congtam.reports.models import FormTemplate
from congtam.typesetting.public import Template, read_template

LATEST = 50


def template_row(form: str, day: date) -> FormTemplate | None:
    """The row in force on a day; None while the form has had no template."""
    return FormTemplate.objects.of_form(form).since(day).first()


def template_in_force(form: str, day: date) -> Template | None:
    """The template a document dated that day is written in; None for the standard layout."""
    row = template_row(form, day)
    return stored_template(row.digest) if row is not None and row.digest else None


def stored_template(digest: str) -> Template:
    """A template as it was checked and stored."""
    with open_file(digest) as content:
        return read_template(content.read())


def get_template_file(form: str, digest: str) -> FormTemplate:
    """The row of a form with this file, or NotFound."""
    row = FormTemplate.objects.of_form(form).filter(digest=digest).first() if digest else None
    if row is None:
        raise NotFound(kind="template", key=digest[:12])
    return row


def latest_templates() -> list[FormTemplate]:
    """What was set last, first."""
    return list(FormTemplate.objects.order_by("-pk")[:LATEST])
