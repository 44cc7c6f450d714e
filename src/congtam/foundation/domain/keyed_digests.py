"""Digests under a key (mã băm có khóa): who has not the key cannot tell what they are of, not even by trying."""

from __future__ import annotations

import hmac
from typing import Final

KEY_BYTES: Final = 32


def keyed_digest(key: bytes, text: str) -> str:
    """The HMAC-SHA-256 (RFC 2104) of a text as hexadecimal digits.

    >>> keyed_digest(b"key", "The quick brown fox jumps over the lazy dog")[:16]
    'f7bc83f430538424'
    """
    return hmac.digest(key, text.encode(), "sha256").hex()
