"""From where a request comes, as it is recorded (nguồn truy cập)."""

from __future__ import annotations

from django.http import HttpRequest

from congtam.foundation.web.addresses import client_address
from congtam.sign_in.events import Visitor


def visitor_of(request: HttpRequest) -> Visitor:
    """Address and browser of a request; bytes no text may hold are left out."""
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")
    return Visitor(address=client_address(request), agent=agent)
