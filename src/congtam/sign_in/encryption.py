"""Secrets of second steps are stored encrypted (mã hóa): a copy of the database alone gives no codes."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretUnreadable(Exception):
    """The secret key of the installation is another one than when the secret was stored."""


def encrypt(text: str) -> str:
    """Encrypt under a key derived from the secret key of the installation."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """The text again; raises SecretUnreadable after the secret key was changed."""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(text.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable from None


@lru_cache(maxsize=2)
def _fernet(secret: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congtam.sign_in.second_steps")
    return Fernet(base64.urlsafe_b64encode(derive.derive(secret.encode())))
