"""Render a document in the template its form has (kết xuất theo mẫu đang áp dụng)."""

from __future__ import annotations

from congtam.reports.queries import template_in_force
from congtam.typesetting.public import OfficialDocument, render


def render_form(document: OfficialDocument, form: str, extension: str) -> bytes:
    """The document as a file; a .docx in the template that the form has on the day of the document, if any."""
    template = template_in_force(form, document.date) if extension == "docx" else None
    return render(document, extension, template=template)
