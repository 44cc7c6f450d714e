"""Encrypting what a copy of the database alone must not give away (mã hóa): under the installation's secret."""

from __future__ import annotations

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from congtam.foundation.domain.keyed_digests import keyed_digest

_NONCE_BYTES: Final = 12
_BEGINNING: Final = "aesgcm:"


def installation_key(purpose: str) -> bytes:
    """A key for one purpose, from the secret of the installation."""
    secret = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
    return bytes.fromhex(keyed_digest(secret, purpose))


def encrypt(text: str, *, purpose: str) -> str:
    """A text that cannot be read without the installation's secret."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(installation_key(purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return _BEGINNING + urlsafe_b64encode(nonce + sealed).decode()


def decrypt(token: str, *, purpose: str, accepts_plain: bool = False) -> str | None:
    """The text again; None when the secret is another one by now.

    What was never encrypted is None as well, or with ``accepts_plain`` comes back as it is.
    """
    if not token.startswith(_BEGINNING):
        return token if accepts_plain else None
    try:
        raw = urlsafe_b64decode(token.removeprefix(_BEGINNING))
        sealed = AESGCM(installation_key(purpose)).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()
        )
    except (InvalidTag, ValueError):
        return None
    return sealed.decode()
