"""What the words of the portal's pages mean to all readers."""

from __future__ import annotations

from typing import Final

from congtam.kernel.vietnamese import comparison_key

CHANNELS: Final = {"trực tiếp": "desk", "trực tuyến": "online", "dịch vụ bưu chính": "post"}
_NO_INFORMATION: Final = frozenset({"không có thông tin", "n/a"})


def stated_text(text: object) -> str:
    """The text, or nothing where the page says that there is no information."""
    plain = str(text or "").strip()
    return "" if comparison_key(plain).strip(" .") in _NO_INFORMATION else plain
