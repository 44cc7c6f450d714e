"""The language of the reader (ngôn ngữ hiển thị)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language

USUAL: Final = "vi"


def current_language() -> str:
    """The language that texts are written in now; Vietnamese where translation is switched off."""
    return get_language() or USUAL
