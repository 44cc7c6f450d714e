"""Receiving a dossier (tiếp nhận hồ sơ): number, checklist, first steps, clock, ledger, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from congtam.dossiers.form.answers import check_form
from congtam.dossiers.intake import intake_rows
from congtam.dossiers.intake.duplicates import validate_duplicate
from congtam.dossiers.intake.intake import Intake, build_desk_record, build_dossier, build_steps
from congtam.dossiers.intake.numbers import next_number
from congtam.dossiers.intake.receipt_validation import validate_receipt
from congtam.dossiers.models import Dossier
from congtam.dossiers.record import permissions
from congtam.dossiers.record.announcing import announce
from congtam.dossiers.record.digests import set_digests
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.person_keys import new_key
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.vietnamese import nfc
from congtam.payments.public import request_fee
from congtam.procedures.public import DeskProcedure, desk_procedure

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGN_COUNT: Final = 8
_PROBLEMS_INSIDE: Final = frozenset(
    {"procedure_not_in_force", "unit_unknown", "unit_not_in_force", "case_kind_unknown"}
)
"""What can be wrong with a dossier that is opened inside; papers were checked with its parent."""


def receive(receipt: Receipt, *, actor: Actor, lookup_secret: str = "") -> Dossier:
    """Take in an application and give it its number and due date (tiếp nhận).

    Raises NotAllowed without the right at the unit where it is handed in, and InputRefused with everything that is
    wrong with the application.
    """
    taken_at = receipt.received_unit_code or receipt.unit_code
    reach = permissions.receivable_units(actor)
    if taken_at not in reach:
        raise NotAllowed(right="dossiers.receive", unit=taken_at)
    now = clock().now()
    received_at = receipt.received_at or now
    on = local_day(now)
    procedure = desk_procedure(receipt.procedure_code, on, unit_code=receipt.unit_code)
    form = check_form(receipt, procedure, on=on)
    is_elsewhere = receipt.unit_code not in reach
    problems = [
        *validate_receipt(receipt, procedure, now=now, form=form),
        *_validate_office(procedure, is_elsewhere=is_elsewhere),
        *_validate_parent(receipt.parent_code, actor=actor),
        *validate_duplicate(receipt, procedure, actor=actor),
    ]
    if problems or procedure is None:
        raise InputRefused(problems)
    return _write_dossier(
        Intake(
            replace(receipt, form=form.content, is_form_checked=True),
            procedure,
            actor=actor,
            received_at=received_at,
            recorded_at=now,
            passes_on=is_elsewhere,
            lookup_secret=lookup_secret or new_secret(),
        )
    )


def receive_linked_dossier(receipt: Receipt, *, actor: Actor) -> Dossier:
    """Open a dossier that another dossier asks for, and pass it on at once; nobody hands anything in."""
    now = clock().now()
    on = local_day(now)
    procedure = desk_procedure(receipt.procedure_code, on, unit_code=receipt.unit_code)
    form = check_form(receipt, procedure, on=on)
    problems = [
        problem
        for problem in validate_receipt(receipt, procedure, now=now, form=form)
        if problem.code in _PROBLEMS_INSIDE
    ]
    if problems or procedure is None:
        raise InputRefused(problems)
    return _write_dossier(
        Intake(
            replace(receipt, received_at=None),
            procedure,
            actor=actor,
            received_at=now,
            recorded_at=now,
            passes_on=True,
            lookup_secret=new_secret(),
        )
    )


def new_secret() -> str:
    """A secret for a slip: eight letters and digits that are not mistaken for one another (39 bits)."""
    return "".join(secrets.choice(SIGNS) for _ in range(_SIGN_COUNT))


def _validate_office(procedure: DeskProcedure | None, *, is_elsewhere: bool) -> Iterator[Problem]:
    """Outside the boundaries of the responsible unit only what any office may receive (phi địa giới)."""
    if is_elsewhere and procedure is not None and not procedure.any_office:
        message = msgid("This procedure can only be received at the one-stop shop of the responsible unit.")
        yield Problem(code="not_any_office", message=message, column="unit_code")


def _validate_parent(code: str, *, actor: Actor) -> Iterator[Problem]:
    """Nobody ties a dossier to one out of sight: its office would be told of it."""
    if code and not visible_to(actor).filter(code=nfc(code)).exists():
        message = msgid("There is no dossier {dossier} to link this one to.")
        yield Problem(code="parent_unknown", message=message, data={"dossier": code}, column="parent_code")


@transaction.atomic(savepoint=False)
def _write_dossier(intake: Intake) -> Dossier:
    # Nothing foreseeable fails from here on: what encloses it, such as a request with a key, falls as a whole.
    dossier = build_dossier(intake)
    steps = build_steps(intake, dossier.due_at)
    desk = build_desk_record(intake, dossier, steps)
    # The counter's lock begins here and lasts to the commit: whatever takes time lies before it.
    dossier.code = next_number(dossier.unit_code, desk.numbered_on)
    key = new_key()
    set_digests(dossier, steps, (), key=key)
    seal = intake_rows.insert_dossier(intake, dossier, steps=steps, desk=desk, key=key)
    desk.dossier = dossier  # so that nobody reads it again
    if intake.fee:
        _request_fee(intake, dossier, intake.fee)
    data = {"channel": dossier.channel, "due_at": _iso_or_none(dossier.due_at)}
    announce(dossier, "received", actor=intake.actor, data=data, seal=seal)
    return dossier


def _request_fee(intake: Intake, dossier: Dossier, amount_dong: int) -> None:
    """Ask for the fee without stopping the clock; where the application is handed in it may be paid in cash too."""
    kinds, channels = {"", intake.receipt.case_kind}, {"", intake.receipt.channel}
    fees = [fee for fee in intake.procedure.fees if fee.case_kind in kinds and fee.channel in channels]
    request_fee(
        dossier_code=dossier.code,
        unit_code=dossier.unit_code,
        counter_unit_code=intake.receipt.received_unit_code,
        amount_dong=amount_dong,
        reason="; ".join(fee.name for fee in fees if fee.amount_dong)[:500],
        actor=intake.actor,
    )


def _iso_or_none(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
