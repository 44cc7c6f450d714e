"""What a row of the calendar says of its source (nguồn), and the part of it that a citizen reads (căn cứ)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

UNCOMPARED: Final = "Chưa đối chiếu văn bản"
"""How the source of a row begins whose document nobody has compared yet; in brackets behind an article, its aside."""
_PRELOADED: Final = "danh mục holidays"
"""The same in rows of earlier installations."""

_ASIDE: Final = re.compile(rf"\s*\((?:theo {_PRELOADED}|{UNCOMPARED})[^)]*\)\s*$")
_ADDRESS: Final = re.compile(r"[\s;,]*https?://\S+")


class LegalSource(NamedTuple):
    """The text that makes a day out of the ordinary; empty where none is known."""

    text: str = ""
    is_preloaded: bool = False
    """Whether nothing but the list loaded at set-up names the day."""


def legal_source(source: str) -> LegalSource:
    """Read the source of a row as a citizen would: the text, without where the row was copied from.

    >>> legal_source("Bộ luật Lao động 2019, Điều 112 (theo danh mục holidays 0.109)").text
    'Bộ luật Lao động 2019, Điều 112'
    >>> legal_source("danh mục holidays 0.109")
    LegalSource(text='', is_preloaded=True)
    >>> legal_source("Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b (Chưa đối chiếu văn bản của năm)").text
    'Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b'
    >>> legal_source("Thông báo của Bộ Nội vụ; https://example.vn/nghi").text
    'Thông báo của Bộ Nội vụ'
    """
    if source.startswith((UNCOMPARED, _PRELOADED)):
        return LegalSource(is_preloaded=True)
    return LegalSource(_ADDRESS.sub("", _ASIDE.sub("", source)).strip())
