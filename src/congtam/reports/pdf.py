"""PDF for signing (bản PDF để ký), set by Typst from a fixed template."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from congtam.reports.charts import svg
from congtam.reports.domain.binding import bind
from congtam.reports.domain.document import OfficialDocument
from congtam.reports.fonts import printable
from congtam.reports.layout import laid_out

TEMPLATE = Path(__file__).parent / "templates" / "official.typ"


def render_pdf(document: OfficialDocument, *, fonts: Path) -> bytes:
    """Set the document as PDF/A-3a and PDF/UA-1; the same document gives the same bytes.

    Only the fonts of the given folder are used: a letter they lack is replaced by a visible sign
    instead of falling back to another family.
    """
    data = laid_out(bind(document), draw=lambda spec: svg(spec, fonts=fonts))
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(False, False, [fonts]),  # noqa: FBT003 - the binding takes these two by position
        sys_inputs={"document": json.dumps(printable(data, fonts=fonts), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(document.date, time(), tzinfo=UTC),
    )
