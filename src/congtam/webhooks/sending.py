"""Sending one message (gửi thông báo): signed, without redirects, within ten seconds."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congtam.webhooks.targets import Target

TIMEOUT_SECONDS: Final = 10
KEPT_BYTES: Final = 2048
SIGNATURE: Final = "X-CongTam-Signature"
DELIVERY: Final = "X-CongTam-Delivery"
TOPIC: Final = "X-CongTam-Topic"


@dataclass(frozen=True)
class Answered:
    """What came back: a status and the beginning of the answer, or why nothing did."""

    status: int | None = None
    text: str = ""
    error: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


def signature(secrets: Sequence[str], body: bytes, *, at: int) -> str:
    """The header a receiver checks: time in seconds and HMAC-SHA256 over ``time.body``, once for each secret.

    >>> signature(["s"], b"{}", at=1)[:10]
    't=1,v1=b25'
    """
    signed = f"{at}.".encode() + body
    told = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={at}", *(f"v1={each}" for each in told)])


def send(target: Target, body: bytes, headers: Mapping[str, str]) -> Answered:
    """POST the body; every fault of network or receiver comes back as a value."""
    connection = _connection(target)
    stop = threading.Timer(TIMEOUT_SECONDS, _cut, [connection])
    stop.daemon = True
    stop.start()
    try:
        connection.request("POST", target.path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        return Answered(answer.status, answer.read(KEPT_BYTES).decode("utf-8", "replace").replace("\x00", ""))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answered(error=f"{type(error).__name__}: {error}"[:300])
    finally:
        stop.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a receiver that answers drop by drop."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _connection(target: Target) -> http.client.HTTPConnection:
    """A connection to the address that was checked, not to what the name says by now."""
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    connection = kind(target.host, target.port, timeout=TIMEOUT_SECONDS)

    def connect() -> None:
        connection.sock = socket.create_connection((target.address, target.port), TIMEOUT_SECONDS)
        if target.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=target.host)

    connection.connect = connect  # type: ignore[method-assign]
    return connection
