"""A link that a page offers as a button (nút liên kết trên trang)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """What `ui/part/links.html` renders; at most one of a page is the primary one."""

    text: str
    icon: str
    url: str
    is_primary: bool = False
    is_slow: bool = False
    """Whether the file may take some seconds to be made: the button says so until it is there."""
