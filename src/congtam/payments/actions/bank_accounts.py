"""Entering the bank accounts of units (tài khoản thu phí)."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from congtam.foundation.public import Actor, Role, clock, record
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments import permissions
from congtam.payments.models import BankAccount


@transaction.atomic
def enter_bank_account(
    unit_code: str, *, bank_bin: str, number: str, holder: str, actor: Actor, valid_from: date | None = None
) -> None:
    """Enter the account a unit's fees go to from a day on; the one before ends there."""
    permissions.require_everywhere(actor, Role.ADMINISTRATOR)
    if not re.fullmatch(r"\d{6}", bank_bin) or not re.fullmatch(r"[0-9A-Z]{4,19}", number):
        message = msgid(
            "Enter a six-digit bank code (BIN) and an account number of 4 to 19 digits or capital letters."
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
