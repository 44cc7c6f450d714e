"""Render one document as .docx or PDF (kết xuất văn bản)."""

from __future__ import annotations

from typing import Final

from congtam.typesetting.domain.document import OfficialDocument
from congtam.typesetting.fonts import font_dir
from congtam.typesetting.pdf import render_pdf
from congtam.typesetting.word import render_docx
from congtam.typesetting.word_templates import Template, render_template

MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def render(document: OfficialDocument, form: str, *, template: Template | None = None) -> bytes:
    """The bytes of a document as ``docx`` (for editing) or ``pdf`` (for signing), its figures numbered and inside.

    A template is a .docx and shapes the .docx only; the PDF has the layout of Decree 30 (ADR 0070). The same document
    and template give the same bytes. Raises FontsMissing before set-up has put the fonts there.
    """
    fonts = font_dir()
    if form == "pdf":
        return render_pdf(document, fonts=fonts)
    if template is not None:
        return render_template(template, document, fonts=fonts)
    return render_docx(document, fonts=fonts)
