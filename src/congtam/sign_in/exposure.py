"""Whether passwords travel unprotected (đăng nhập không mã hóa): noticed at sign-in, told by `doctor`."""

from __future__ import annotations

import ipaddress
from datetime import date
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from congtam.foundation.public import installation_notes, real_clock, set_installation_notes
from congtam.kernel.clock import today

NOTE: Final = "sign_in_unprotected"
_FORWARDED: Final = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
)


def note_exposure(request: HttpRequest) -> None:
    """Note, once a day, that somebody signed in through a proxy or over the network while CONGTAM_HTTPS is off."""
    if settings.SESSION_COOKIE_SECURE:
        return
    is_forwarded = any(header in request.META for header in _FORWARDED)
    if not is_forwarded and _is_loopback(str(request.META.get("REMOTE_ADDR", ""))):
        return
    noted = {"on": today(real_clock()).isoformat(), "through_proxy": is_forwarded}
    if installation_notes().get(NOTE) != noted:
        set_installation_notes(**{NOTE: noted})


def last_exposure() -> tuple[date, bool] | None:
    """The last day on which that happened, and whether through a proxy; None where it never did or is over."""
    noted = installation_notes().get(NOTE)
    if noted is None or settings.SESSION_COOKIE_SECURE:
        return None
    return date.fromisoformat(noted["on"]), bool(noted["through_proxy"])


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return True  # a socket of this machine
