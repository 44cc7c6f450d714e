"""Where messages may go (đích gửi): resolved once, checked, and then connected to at that very address."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from congtam.kernel.errors import DomainError, InputRefused, Problem, Translate, fill, msgid
from congtam.webhooks.models import WebhookHost

_PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 1000


class TargetRefused(DomainError):
    """Nothing is sent to this address."""

    code = "webhooks.target_refused"
    message = msgid("Nothing is sent to {host}: {reason}")

    def in_words(self, translate: Translate = msgid) -> str:
        """As for every error; the reason is a text of its own."""
        reason = fill(translate(self.data["reason"]), self.data)
        return fill(translate(self.message), {**self.data, "reason": reason})


NOT_ALLOWED: Final = msgid("an administrator has not allowed this host.")
PRIVATE: Final = msgid("its address {address} is private.")
UNKNOWN: Final = msgid("the name is not known.")


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that was checked: connect to ``address`` and call it ``host``."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def check_url(url: str) -> None:
    """Raise InputRefused unless the text is an HTTP address without user name and fragment."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        sound = (
            parts.scheme in _PORTS and bool(parts.hostname) and not parts.fragment and parts.username is None
        )
    except ValueError:
        sound = False
    if not sound or len(url) > LONGEST or any(sign.isspace() or not sign.isprintable() for sign in url):
        message = msgid("Give an address like https://host/path.")
        raise InputRefused([Problem(code="url_malformed", message=message, column="url")])


def resolve(url: str) -> Target:
    """The target with the address that is used, or TargetRefused; every address of the name must be allowed."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    addresses = _addresses(host, port)
    _require_allowed(host, addresses)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=port, address=addresses[0], path=path)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _refused(host, UNKNOWN) from None
    return [str(place[4][0]).partition("%")[0] for place in found]


def _require_allowed(host: str, addresses: list[str]) -> None:
    read = [_plain(ipaddress.ip_address(address)) for address in addresses]
    if all(address.is_loopback for address in read):
        return
    known = WebhookHost.objects.filter(host=host.lower()).first()
    if known is None:
        raise _refused(host, NOT_ALLOWED)
    inside = [address for address in read if not address.is_global or address.is_multicast]
    if inside and not known.may_be_private:
        raise _refused(host, PRIVATE, address=str(inside[0]))


def _plain(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IPv4 address dressed as IPv6 is judged as what it is."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _refused(host: str, reason: str, **data: str) -> TargetRefused:
    return TargetRefused(host=host, reason=reason, **data)
