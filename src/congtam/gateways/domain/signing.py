"""The signature of a gateway's message (chữ ký của cổng thanh toán): HMAC-SHA256 over the time and the body."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from congtam.kernel.errors import DomainError, msgid

FRESH_FOR: Final = timedelta(minutes=10)
_LONGEST_BODY: Final = 10_000


class CallbackRefused(DomainError):
    """A message that was not signed by the gateway, or is too old (thông báo bị từ chối)."""

    code = "payments.callback_refused"
    message = msgid("The message is not signed by the gateway or is too old.")


def signature(secret: str, *, sent_at: str, body: bytes) -> str:
    """The signature in 64 hexadecimal digits; ``sent_at`` is the Unix time in seconds, as text.

    >>> signature("key", sent_at="0", body=b"{}")[:8]
    '7314351d'
    """
    return hmac.new(secret.encode(), sent_at.encode() + b"." + body, sha256).hexdigest()


def check_signature(
    secret: str, *, sent_at: str, body: bytes, received_signature: str, now: datetime
) -> None:
    """Raise CallbackRefused unless the message was signed with the secret within the last ten minutes."""
    expected = signature(secret, sent_at=sent_at[:20], body=body)
    genuine = hmac.compare_digest(expected.encode(), received_signature.encode("utf-8", "replace"))
    if not genuine or len(body) > _LONGEST_BODY or not sent_at.isdecimal():
        raise CallbackRefused
    sent = datetime.fromtimestamp(min(int(sent_at[:11]), 10**10), UTC)
    if abs(now - sent) > FRESH_FOR:
        raise CallbackRefused
