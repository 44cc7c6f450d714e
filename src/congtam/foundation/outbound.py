"""Requests to other systems (gọi ra ngoài): to a checked address, within a time, a size and no redirects.

A name is resolved once, every address it has is checked, and the connection goes to a checked address: what the name
says a moment later does not matter. See ADR 0066 for why this is the standard library.
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, cast
from urllib.parse import urlsplit

_NUMERIC_ENDING: Final = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)$")
"""The last part of a name decides whether systems read it as an address (WHATWG URL, “ends in a number”)."""
_PORTS: Final = {"http": 80, "https": 443}
LONGEST_URL: Final = 1000
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]


class AddressClass(StrEnum):
    """What kind of network an address belongs to (loại địa chỉ)."""

    LOOPBACK = "loopback"
    PRIVATE = "private"
    """Private, link-local, multicast, reserved: everything that is not of the public internet."""
    PUBLIC = "public"


class Refusal(StrEnum):
    """Why a request is not made."""

    MALFORMED = "malformed"
    UNKNOWN_NAME = "unknown_name"
    ADDRESS_CLASS = "address_class"


class OutboundRefused(Exception):
    """The policy does not allow this request, or its name is not known; nothing was sent."""

    def __init__(
        self, reason: Refusal, *, host: str, address: str = "", address_class: AddressClass | None = None
    ) -> None:
        super().__init__(f"{host}: {reason} {address}".strip())
        self.reason, self.host, self.address, self.address_class = reason, host, address, address_class


class OutboundFailed(Exception):
    """The network or the other system failed; the request may have arrived."""


@dataclass(frozen=True, kw_only=True)
class OutboundPolicy:
    """Where a request may go, and how much time and space it may take (chính sách gọi ra ngoài)."""

    allowed: frozenset[AddressClass] = frozenset({AddressClass.PUBLIC})
    """Every address of the name must be of one of these classes."""
    timeout_seconds: float = 10
    """For everything together: name, connection, request and response."""
    max_bytes: int = 1 << 20
    """Of the response's body."""
    may_truncate: bool = False
    """A longer body is cut off there; otherwise it is OutboundFailed."""


@dataclass(frozen=True, kw_only=True)
class OutboundTarget:
    """A checked address: connect to ``address`` and call it ``host``."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Response:
    """What came back; a redirect comes back as it is."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def is_http_url(url: str) -> bool:
    """Whether the text is an HTTP address without user name and fragment.

    >>> is_http_url("https://hub.example.vn/hook?x=1"), is_http_url("ftp://x/"), is_http_url("http://u:p@h/")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if len(url) > LONGEST_URL or any(sign.isspace() or not sign.isprintable() for sign in url):
        return False
    host = parts.hostname or ""
    is_plain = not parts.fragment and parts.username is None
    return parts.scheme in _PORTS and is_plain and bool(host) and not is_disguised_address(host)


def is_disguised_address(host: str) -> bool:
    """Whether a host is an address that is not written the usual way: decimal, octal, hexadecimal, short, or an
    IPv4 address as IPv6 or in other digits. Systems read these differently, and nobody needs them.

    >>> [is_disguised_address(host) for host in ("2130706433", "0x7f.1", "127.1", "0177.0.0.1", "::ffff:10.0.0.1")]
    [True, True, True, True, True]
    >>> [is_disguised_address(host) for host in ("127.0.0.1", "::1", "hub.example.vn", "1.example.vn")]
    [False, False, False, False]
    """
    if ":" in host:
        try:
            return _embedded_ipv4(ipaddress.ip_address(host)) is not None or "%" in host
        except ValueError:
            return True
    plain = unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower().rstrip(".")
    if not _NUMERIC_ENDING.search(plain):
        return False
    try:
        return str(ipaddress.IPv4Address(host)) != host
    except ValueError:
        return True


def classify(address: str) -> AddressClass:
    """The class of an address; an IPv4 address written as IPv6 is judged as what it is.

    >>> [str(classify(text)) for text in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "93.184.216.34")]
    ['loopback', 'private', 'private', 'public']
    """
    parsed: IPAddress = ipaddress.ip_address(address)
    plain = _embedded_ipv4(parsed) or parsed
    if plain.is_loopback:
        return AddressClass.LOOPBACK
    is_local = isinstance(plain, ipaddress.IPv6Address) and plain.is_site_local
    is_public = plain.is_global and not plain.is_multicast and not is_local
    return AddressClass.PUBLIC if is_public else AddressClass.PRIVATE


_NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE: Final = ipaddress.ip_network("::/96")


def _embedded_ipv4(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to: mapped, compatible, 6to4, or through NAT64."""
    if not isinstance(address, ipaddress.IPv6Address) or address.is_loopback:
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address in _COMPATIBLE or any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them; raises OSError or UnicodeError."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]).partition("%")[0] for row in rows]


def pin(url: str, policy: OutboundPolicy, *, resolver: Resolver = resolve_name) -> OutboundTarget:
    """The target with the address that will be used; raises OutboundRefused unless the policy allows every address."""
    if not is_http_url(url):
        raise OutboundRefused(Refusal.MALFORMED, host="")
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    addresses = _resolve_within(policy.timeout_seconds, resolver, host=host, port=port)
    for address in addresses:
        kind = classify(address)
        if kind not in policy.allowed:
            raise OutboundRefused(Refusal.ADDRESS_CLASS, host=host, address=address, address_class=kind)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return OutboundTarget(scheme=parts.scheme, host=host, port=port, address=addresses[0], path=path)


def fetch(
    url: str,
    policy: OutboundPolicy,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    resolver: Resolver = resolve_name,
) -> Response:
    """Make one request; raises OutboundRefused before anything is sent, OutboundFailed for a fault of the other side.

    Any status is a response, also a redirect or an error.
    """
    end = time.monotonic() + policy.timeout_seconds
    target = pin(url, policy, resolver=resolver)
    sockets: list[socket.socket] = []
    connection = _open_connection(target, end, sockets)
    try:
        with _abort_after_deadline(end, sockets):
            connection.request(method, target.path, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            content = _read_body(response, policy.max_bytes + 1)
            # What was cut off in the middle looks complete to http.client.
            _seconds_left(end)
    except (OSError, http.client.HTTPException, ValueError) as error:
        cause = TimeoutError("no complete response in time") if time.monotonic() >= end else error
        raise OutboundFailed(f"{type(cause).__name__}: {cause}"[:300]) from error
    finally:
        connection.close()
    if len(content) > policy.max_bytes and not policy.may_truncate:
        raise OutboundFailed(f"the response is longer than {policy.max_bytes} bytes")
    return Response(
        status=response.status, body=content[: policy.max_bytes], headers=dict(response.getheaders())
    )


def _resolve_within(seconds: float, resolver: Resolver, *, host: str, port: int) -> list[str]:
    """Resolve a name in a thread of its own, because the system's resolver knows no time-out."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=resolve, daemon=True).start()
    try:
        addresses = answers.get(timeout=seconds)
    except queue.Empty:
        addresses = []
    if not addresses:
        raise OutboundRefused(Refusal.UNKNOWN_NAME, host=host)
    return addresses


class _BodyReader:
    """What http.client reads a body from, without reads of unknown size, which a negative chunk size leads to."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            raise http.client.HTTPException("a chunk has no valid size")
        return bytes(self._stream.read(size))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _read_body(response: http.client.HTTPResponse, size: int) -> bytes:
    """At most so many bytes; HTTPException where the body is shorter than its header says."""
    response.fp = cast("Any", _BodyReader(response.fp)) if response.fp else response.fp
    content = response.read(size)
    if response.length and len(content) < size:
        raise http.client.IncompleteRead(content[:100], response.length)
    return content


@contextmanager
def _abort_after_deadline(end: float, sockets: Sequence[socket.socket]) -> Iterator[None]:
    """End a connection that is not finished in time, also one whose other side sends drop by drop.

    The socket is held here, because http.client lets go of it while a response that ends with the connection is read.
    """

    def cut() -> None:
        for opened in sockets[-1:]:
            try:
                socket.socket.shutdown(opened, socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(max(0.0, end - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _open_connection(
    target: OutboundTarget, end: float, sockets: list[socket.socket]
) -> http.client.HTTPConnection:
    """A connection to the address that was checked, not to what the name says by now; adds its sockets."""
    is_secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
    connection = kind(target.host, target.port)

    def connect() -> None:
        plain = socket.create_connection((target.address, target.port), _seconds_left(end))
        connection.sock = plain
        sockets.append(plain)
        plain.settimeout(_seconds_left(end))
        if is_secure:
            # The handshake comes after the socket is in its place, so that it can be cut off as well.
            secure = ssl.create_default_context().wrap_socket(
                plain, server_hostname=target.host, do_handshake_on_connect=False
            )
            connection.sock = secure
            sockets.append(secure)
            secure.do_handshake()

    connection.connect = connect  # type: ignore[method-assign]
    return connection


def _seconds_left(end: float) -> float:
    """The seconds that are left; raises TimeoutError when there are none."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time is left")
    return left
