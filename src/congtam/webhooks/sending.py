"""Sending one message (gửi thông báo): signed in two ways, to an allowed address, within ten seconds."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import standardwebhooks

from congtam.foundation.outbound import OutboundFailed
from congtam.kernel.errors import msgid
from congtam.kernel.input.texts import storable_text
from congtam.webhooks.targets import TargetRefused, post_to_target

logger = logging.getLogger(__name__)
UNREACHABLE: Final = msgid("The receiver did not answer.")
"""For every fault of the network; which one it was is in the log of the server, not on pages and in the API."""
SIGNATURE: Final = "X-CongTam-Signature"
DELIVERY: Final = "X-CongTam-Delivery"
TOPIC: Final = "X-CongTam-Topic"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of one attempt: a status and the beginning of the response, or why there is none."""

    status: int | None = None
    text: str = ""
    error: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


def signature_header(secrets: Sequence[str], body: bytes, *, at: int) -> str:
    """The header a receiver checks: time in seconds and HMAC-SHA256 over ``time.body``, once for each secret.

    >>> signature_header(["s"], b"{}", at=1)[:10]
    't=1,v1=b25'
    """
    signed = f"{at}.".encode() + body
    digests = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={at}", *(f"v1={digest}" for digest in digests)])


def standard_headers(secrets: Sequence[str], body: bytes, *, code: str, at: datetime) -> dict[str, str]:
    """The headers of the Standard Webhooks specification, for receivers that use a library for it."""
    text = body.decode()
    signatures = [standardwebhooks.Webhook(secret.encode()).sign(code, at, text) for secret in secrets]
    return {
        "webhook-id": code,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
    """POST the body; every fault of network or receiver comes back as a value."""
    try:
        response = post_to_target(url, body, headers)
    except TargetRefused as refused:
        return Attempt(error=str(refused))
    except OutboundFailed as failed:
        logger.warning("webhook to %s: %s", urlsplit(url).hostname, failed)
        return Attempt(error=UNREACHABLE)
    text = storable_text(response.body.decode("utf-8", "replace"))
    return Attempt(status=response.status, text=text)
