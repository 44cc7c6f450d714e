"""The .docx of a document, for editing (bản soạn thảo)."""

from congtam.typesetting.word.render import render_docx

__all__ = ["render_docx"]
