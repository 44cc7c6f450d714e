"""Render a document in the template its form has (kết xuất theo mẫu đang áp dụng)."""

from __future__ import annotations

from dataclasses import replace

from congtam.foundation.public import installation_notes
from congtam.reports.queries import template_in_force
from congtam.typesetting.public import OfficialDocument, Template, render


def render_with_demo_mark(
    document: OfficialDocument, extension: str, *, template: Template | None = None
) -> bytes:
    """The document as a file; every printed page of a demonstration says that its data are made up."""
    if installation_notes().get("synthetic"):
        document = replace(document, synthetic=True)
    return render(document, extension, template=template)


def render_form(document: OfficialDocument, form: str, extension: str) -> bytes:
    """The document as a file; a .docx in the template that the form has on the day of the document, if any."""
    template = template_in_force(form, document.date) if extension == "docx" else None
    return render_with_demo_mark(document, extension, template=template)
