"""Where messages may go (đích gửi): the hosts that an administrator has allowed, and nowhere else.

A host that is not listed is not even looked up, and every refusal reads alike: neither names nor addresses of the
inner network can be learned here (ADR 0122).
"""

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
    Response,
    fetch,
    is_http_url,
    pin,
)
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.webhooks.models import WebhookHost

LONGEST: Final = LONGEST_URL
_TIMEOUT_SECONDS: Final = 10
_STORED_BYTES: Final = 2048


class TargetRefused(DomainError):
    """Nothing is sent to this address; why is not said."""

    code = "webhooks.target_refused"
    message = msgid(
        "Nothing is sent to {host}. Ask an administrator to allow this host, also at a private address if it has one."
    )


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
        raise TargetRefused(host=refused.host) from None


def post_to_target(url: str, body: bytes, headers: Mapping[str, str]) -> Response:
    """POST to an allowed address; raises TargetRefused or OutboundFailed. Of a long response the beginning is read."""
    policy = _outbound_policy(url)
    try:
        return fetch(url, policy, method="POST", body=body, headers=headers)
    except OutboundRefused as refused:
        raise TargetRefused(host=refused.host) from None


def _outbound_policy(url: str) -> OutboundPolicy:
    """What is allowed for the host of an address; raises TargetRefused for a host that is not listed."""
    name = urlsplit(url).hostname or ""
    host = WebhookHost.objects.filter(host=name).first()
    if host is None:
        raise TargetRefused(host=name)
    inner = {AddressClass.PRIVATE, AddressClass.LOOPBACK} if host.may_be_private else set()
    return OutboundPolicy(
        allowed=frozenset({AddressClass.PUBLIC} | inner),
        timeout_seconds=_TIMEOUT_SECONDS,
        max_bytes=_STORED_BYTES,
        may_truncate=True,
    )
