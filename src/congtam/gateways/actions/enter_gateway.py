"""Entering a gateway (cổng thanh toán)."""

from __future__ import annotations

import re
import secrets
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.gateways import permissions
from congtam.gateways.models import Gateway
from congtam.kernel.errors import InputRefused, Problem, msgid

TRY_GATEWAY: Final = "thu-nghiem"
"""The gateway of the demonstration: a page of our own, on this very site."""
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,30}")


@transaction.atomic
def create_or_update_gateway(name: str, *, address: str, actor: Actor, secret: str = "") -> str:
    """Enter a gateway, or change it; returns the secret both sides sign with, new unless one is given."""
    permissions.require_everywhere(actor, *permissions.MAY_ENTER)
    problems = []
    if not _NAME.fullmatch(name):
        message = msgid("The name may contain only lower-case letters, digits and hyphens.")
        problems.append(Problem(code="gateway_name", message=message, column="name"))
    ours = name == TRY_GATEWAY and address == "/payments/try/"
    if not ours and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname):
        message = msgid("The address must begin with https://.")
        problems.append(Problem(code="gateway_address", message=message, column="address"))
    if problems:
        raise InputRefused(problems)
    chosen = secret or secrets.token_urlsafe(32)
    Gateway.objects.update_or_create(
        name=name, defaults={"address": address, "secret": chosen, "is_active": True}
    )
    record(actor, "gateway.entered", kind="gateway", key=name, data={"address": address})
    return chosen
