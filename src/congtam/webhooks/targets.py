"""Where messages may go (đích gửi): this machine, and the hosts that an administrator has allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from congtam.foundation.outbound import (
    LONGEST_URL,
    AddressClass,
    OutboundPolicy,
    OutboundRefused,
    OutboundTarget,
    Refusal,
    Response,
    fetch,
    is_http_url,
    pin,
)
from congtam.kernel.errors import DomainError, InputRefused, Problem, Translate, fill, msgid
from congtam.webhooks.models import WebhookHost

LONGEST: Final = LONGEST_URL
_TIMEOUT_SECONDS: Final = 10
_STORED_BYTES: Final = 2048


class TargetRefused(DomainError):
    """Nothing is sent to this address."""

    code = "webhooks.target_refused"
    message = msgid("Nothing is sent to {host}: {reason}")

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error; the reason is a text of its own."""
        reason = fill(translate(self.data["reason"]), self.data)
        return fill(translate(self.message), {**self.data, "reason": reason})


NOT_ALLOWED: Final = msgid("an administrator has not allowed this host.")
PRIVATE: Final = msgid("its address {address} is private.")
UNKNOWN: Final = msgid("the host name was not found.")


def check_url(url: str) -> None:
    """Raise InputRefused unless the text is an HTTP address without user name and fragment."""
    if not is_http_url(url):
        message = msgid("Enter an address like https://host/path.")
        raise InputRefused([Problem(code="url_malformed", message=message, column="url")])


def resolve(url: str) -> OutboundTarget:
    """The target with the address that is used, or TargetRefused; every address of the name must be allowed."""
    policy = _outbound_policy(url)
    try:
        return pin(url, policy)
    except OutboundRefused as refused:
        raise _target_refusal_error(refused, policy) from None


def post_to_target(url: str, body: bytes, headers: Mapping[str, str]) -> Response:
    """POST to an allowed address; raises TargetRefused or OutboundFailed. Of a long response the beginning is read."""
    policy = _outbound_policy(url)
    try:
        return fetch(url, policy, method="POST", body=body, headers=headers)
    except OutboundRefused as refused:
        raise _target_refusal_error(refused, policy) from None


def _outbound_policy(url: str) -> OutboundPolicy:
    """What is allowed for the host of an address."""
    host = WebhookHost.objects.filter(host=urlsplit(url).hostname or "").first()
    allowed = {AddressClass.LOOPBACK}
    if host is not None:
        allowed |= {AddressClass.PUBLIC} | ({AddressClass.PRIVATE} if host.may_be_private else set())
    return OutboundPolicy(
        allowed=frozenset(allowed),
        timeout_seconds=_TIMEOUT_SECONDS,
        max_bytes=_STORED_BYTES,
        may_truncate=True,
    )


def _target_refusal_error(refused: OutboundRefused, policy: OutboundPolicy) -> TargetRefused:
    if refused.reason is not Refusal.ADDRESS_CLASS:
        return TargetRefused(host=refused.host, reason=UNKNOWN)
    if AddressClass.PUBLIC not in policy.allowed:
        return TargetRefused(host=refused.host, reason=NOT_ALLOWED)
    return TargetRefused(host=refused.host, reason=PRIVATE, address=refused.address)
