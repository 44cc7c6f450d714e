"""A template as a value (mẫu), and how large its file may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.typesetting.ooxml import PackageLimits

LARGEST_TEMPLATE: Final = 8 << 20
LIMITS: Final = PackageLimits(packed=LARGEST_TEMPLATE, unpacked=64 << 20, parts=1_000)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A checked .docx with slots (mẫu); `check_template` makes it."""

    content: bytes
    slots: frozenset[str]
