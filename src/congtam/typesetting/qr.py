"""QR codes of printed slips (mã QR), as SVG for PDF and as PNG for .docx."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

BORDER: Final = 2
_PIXELS: Final = 8


def qr_svg(text: str) -> str:
    """The code as an SVG picture; level M: a folded slip is still read."""
    target = BytesIO()
    _make_code(text).save(target, kind="svg", border=BORDER, xmldecl=False, dark="#000", light="#fff")
    return target.getvalue().decode()


def qr_png(text: str) -> bytes:
    """The code as a PNG picture."""
    target = BytesIO()
    _make_code(text).save(target, kind="png", border=BORDER, scale=_PIXELS)
    return target.getvalue()


def _make_code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
