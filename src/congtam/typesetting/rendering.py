"""Render one document as .docx or PDF (kết xuất văn bản).

Typst and python-docx are imported by the first document: most processes never render one.
"""

from __future__ import annotations

from typing import Final

from congtam.typesetting.domain.document import OfficialDocument
from congtam.typesetting.fonts import font_dir
from congtam.typesetting.word_templates import Template

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
        from congtam.typesetting.pdf import render_pdf

        return render_pdf(document, fonts=fonts)
    if template is not None:
        from congtam.typesetting.word_templates.fill import render_template

        return render_template(template, document, fonts=fonts)
    from congtam.typesetting.word import render_docx

    return render_docx(document, fonts=fonts)
