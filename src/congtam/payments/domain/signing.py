"""The signature of a gateway's message (chữ ký của cổng thanh toán): HMAC-SHA256 over the time and the body."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.input.texts import is_storable

FRESH_FOR: Final = timedelta(minutes=10)
_LONGEST_BODY: Final = 10_000
LARGEST_DONG: Final = 10**12


class CallbackRefused(DomainError):
    """A message that was not signed by the gateway, or is too old (thông báo bị từ chối)."""

    code = "payments.callback_refused"
    message = msgid("The message is not signed by the gateway, or it is too old.")


class CallbackMalformed(DomainError):
    """A signed message that does not say what it should."""

    code = "payments.callback_malformed"
    message = msgid("The message lacks a field, or a field has the wrong form: {field}.")


@dataclass(frozen=True, kw_only=True)
class PaymentNotice:
    """What a gateway says: this request was paid, in this amount, at this time."""

    reference: str
    request_code: str
    amount_dong: int
    paid_at: datetime


def signature(secret: str, *, sent_at: str, body: bytes) -> str:
    """The signature in 64 hexadecimal digits; ``sent_at`` is the Unix time in seconds, as text.

    >>> signature("key", sent_at="0", body=b"{}")[:8]
    '7314351d'
    """
    return hmac.new(secret.encode(), sent_at.encode() + b"." + body, sha256).hexdigest()


def check_signature(secret: str, *, sent_at: str, body: bytes, given: str, now: datetime) -> None:
    """Raise CallbackRefused unless the message was signed with the secret within the last ten minutes."""
    expected = signature(secret, sent_at=sent_at[:20], body=body)
    genuine = hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))
    if not genuine or len(body) > _LONGEST_BODY or not sent_at.isdecimal():
        raise CallbackRefused
    sent = datetime.fromtimestamp(min(int(sent_at[:11]), 10**10), UTC)
    if abs(now - sent) > FRESH_FOR:
        raise CallbackRefused


def read_notice(body: bytes) -> PaymentNotice:
    """The content of a message: JSON with reference, request, amount, paid_at; raises CallbackMalformed."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        raise CallbackMalformed(field="JSON") from None
    if not isinstance(told, dict):
        raise CallbackMalformed(field="JSON")
    return PaymentNotice(
        reference=_text(told, "reference"),
        request_code=_text(told, "request"),
        amount_dong=_amount(told),
        paid_at=_instant(told),
    )


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 100 or not is_storable(value):
        raise CallbackMalformed(field=name)
    return value


def _amount(told: dict[str, Any]) -> int:
    value = told.get("amount")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LARGEST_DONG:
        raise CallbackMalformed(field="amount")
    return value


def _instant(told: dict[str, Any]) -> datetime:
    try:
        value = datetime.fromisoformat(_text(told, "paid_at"))
    except ValueError:
        raise CallbackMalformed(field="paid_at") from None
    if value.tzinfo is None or not is_sound_instant(value):
        raise CallbackMalformed(field="paid_at")
    return value


def is_sound_instant(instant: datetime) -> bool:
    """Whether something can have been paid then: not before there were gateways, and not at the end of time."""
    return 2000 < instant.year < 3000
