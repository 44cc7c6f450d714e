"""Reading what a gateway reports (thông báo của cổng thanh toán): its message, and what any notice may hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.input.json_text import parse_json
from congtam.kernel.input.texts import is_storable
from congtam.payments.public import PaymentNotice

LARGEST_DONG: Final = 10**12


class CallbackMalformed(DomainError):
    """A signed message that does not say what it should."""

    code = "payments.callback_malformed"
    message = msgid("A field is missing or has the wrong format in the message: {field}.")


def read_notice(body: bytes) -> PaymentNotice:
    """The content of a message: JSON with reference, request, amount, paid_at; raises CallbackMalformed."""
    try:
        message: Any = parse_json(body)
    except ValueError:
        raise CallbackMalformed(field="JSON") from None
    if not isinstance(message, dict):
        raise CallbackMalformed(field="JSON")
    return PaymentNotice(
        reference=_parse_text(message, "reference"),
        request_code=_parse_text(message, "request"),
        amount_dong=_parse_amount(message),
        paid_at=_parse_instant(message),
    )


def _parse_text(message: dict[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 100 or not is_storable(value):
        raise CallbackMalformed(field=name)
    return value


def _parse_amount(message: dict[str, Any]) -> int:
    value = message.get("amount")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LARGEST_DONG:
        raise CallbackMalformed(field="amount")
    return value


def _parse_instant(message: dict[str, Any]) -> datetime:
    try:
        value = datetime.fromisoformat(_parse_text(message, "paid_at"))
    except ValueError:
        raise CallbackMalformed(field="paid_at") from None
    if value.tzinfo is None or not is_sound_instant(value):
        raise CallbackMalformed(field="paid_at")
    return value


def is_sound_instant(instant: datetime) -> bool:
    """Whether something can have been paid then: not before there were gateways, and not at the end of time."""
    return 2000 < instant.year < 3000
