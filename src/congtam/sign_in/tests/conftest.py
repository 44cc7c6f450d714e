"""Codes as the app on a phone would show them, and people who sign in by the page."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from django.test import Client

from congtam.testing.cast import PASSWORD

LOGIN = "/accounts/login/"
SET_UP_APP = "/accounts/second-step/totp/activate/"
SECOND_STEP = "/accounts/second-step/authenticate/"


def totp(key: str, *, at: float | None = None) -> str:
    """The code of RFC 6238 for a key, by our own few lines."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(key), counter, "sha1").digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> bool:
    """Whether the person is in after the password."""
    client.post(LOGIN, {"login": username, "password": password}, **more)  # type: ignore[arg-type]
    return "_auth_user_id" in client.session


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set up an app for who is signed in: its key, and the recovery codes that were shown."""
    key = client.get(SET_UP_APP).context["form"].secret
    shown = client.post(SET_UP_APP, {"code": totp(key)}, follow=True)
    return key, list(shown.context["unused_codes"])


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let seconds pass on the machine's clock, which sessions and codes go by."""
    real, passed = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + passed[0])

    def wait(seconds: float) -> None:
        passed[0] += seconds

    return wait
