"""QR codes as pictures inside a page (mã QR)."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, label: str) -> SafeString:
    """The code as an inline SVG without styles, so that the content policy holds; ``label`` is read aloud."""
    made = segno.make(text, error="m", micro=False)
    picture = made.svg_inline(scale=1, border=2, svgclass=None, lineclass=None, omitsize=True)
    drawn = mark_safe(picture)  # noqa: S308 - made of the modules of the code, not of its text
    return format_html('<figure class="ct-qr" role="img" aria-label="{}">{}</figure>', label, drawn)
