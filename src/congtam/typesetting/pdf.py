"""PDF for signing (bản PDF để ký), set by Typst from a fixed template."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

import typst

from congtam.typesetting.charts import svg
from congtam.typesetting.domain.binding import figures, number_figures
from congtam.typesetting.domain.document import Attachment, OfficialDocument
from congtam.typesetting.domain.figure_list import dump_figures
from congtam.typesetting.fonts import to_printable
from congtam.typesetting.layout import lay_out

TEMPLATE: Final = Path(__file__).parent / "official.typ"
LIST_NAME: Final = "figures.json"
"""The attached list of bound figures."""


def render_pdf(document: OfficialDocument, *, fonts: Path) -> bytes:
    """Set the document as PDF/A-3a and PDF/UA-1; the same document gives the same bytes.

    Only the fonts of the given folder are used: a letter they lack is replaced by a visible sign
    instead of falling back to another family. Bound figures travel inside as an attached list.
    """
    bound = _attach_figure_list(number_figures(document), fonts=fonts)
    data = lay_out(bound, draw=lambda spec: svg(spec, fonts=fonts))
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(False, False, [fonts]),  # noqa: FBT003 - the binding takes these two by position
        sys_inputs={"document": json.dumps(to_printable(data, fonts=fonts), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(document.date, time(), tzinfo=UTC),
    )


def _attach_figure_list(bound: OfficialDocument, *, fonts: Path) -> OfficialDocument:
    """The document with the list of its figures attached, as they are printed."""
    listed = [replace(one, printed=to_printable(one.printed, fonts=fonts)) for one in figures(bound)]
    if not listed:
        return bound
    attachment = Attachment(
        name=LIST_NAME,
        media_type="application/json",
        content=dump_figures(listed).encode(),
        description="Số liệu kèm nguồn ở dạng máy đọc được",
    )
    return replace(bound, attachments=(*bound.attachments, attachment))
