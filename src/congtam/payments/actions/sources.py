"""Entering gateways and bank accounts (cổng thanh toán, tài khoản thu phí)."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from congtam.foundation.public import Actor, Role, clock, record
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments import permissions
from congtam.payments.models import BankAccount, Gateway

TRY_GATEWAY: Final = "thu-nghiem"
"""The gateway of the demonstration: a page of our own, on this very site."""
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,30}")


@transaction.atomic
def enter_gateway(name: str, *, address: str, actor: Actor, secret: str = "") -> str:
    """Enter a gateway, or change it; returns the secret both sides sign with, new unless one is given."""
    permissions.require_everywhere(actor, Role.ADMINISTRATOR)
    problems = []
    if not _NAME.fullmatch(name):
        message = msgid("The name is made of small letters, digits and dashes.")
        problems.append(Problem(code="gateway_name", message=message, column="name"))
    ours = name == TRY_GATEWAY and address == "/payments/try/"
    if not ours and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname):
        message = msgid("The address begins with https://.")
        problems.append(Problem(code="gateway_address", message=message, column="address"))
    if problems:
        raise InputRefused(problems)
    chosen = secret or secrets.token_urlsafe(32)
    Gateway.objects.update_or_create(
        name=name, defaults={"address": address, "secret": chosen, "is_active": True}
    )
    record(actor, "gateway.entered", kind="gateway", key=name, data={"address": address})
    return chosen


@transaction.atomic
def enter_bank_account(
    unit_code: str, *, bank_bin: str, number: str, holder: str, actor: Actor, valid_from: date | None = None
) -> None:
    """Enter the account a unit's fees go to from a day on; the one before ends there."""
    permissions.require_everywhere(actor, Role.ADMINISTRATOR)
    if not re.fullmatch(r"\d{6}", bank_bin) or not re.fullmatch(r"[0-9A-Z]{4,19}", number):
        message = msgid(
            "A bank has six digits (BIN); an account number has 4 to 19 digits or capital letters."
        )
        raise InputRefused([Problem(code="bank_account", message=message, column="number")])
    day = valid_from or today(clock())
    earlier = BankAccount.objects.filter(unit_code=unit_code)
    earlier.filter(valid__startswith__gte=day).delete()
    for account in earlier.filter(Q(valid__contains=day)):
        account.valid = DateRange(account.valid.lower, day)
        account.save(update_fields=["valid"])
    BankAccount.objects.create(
        unit_code=unit_code, bank_bin=bank_bin, number=number, holder=holder, valid=DateRange(day, None)
    )
    data = {"bank": bank_bin, "account": number[-4:]}
    record(actor, "bank_account.entered", kind="bank_account", key=unit_code, unit_code=unit_code, data=data)
