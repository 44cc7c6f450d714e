"""Comparing a gateway's daily file with our own books (đối soát): what is missing on either side is shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.gateways import permissions
from congtam.gateways.models import Gateway, Statement, StatementLine
from congtam.gateways.notices import LARGEST_DONG, is_sound_instant
from congtam.kernel.clock import LOCAL, local_day, today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.input.numbers import AmountMalformed, parse_dong
from congtam.kernel.input.texts import is_storable
from congtam.payments.public import (
    Outcome,
    PaymentNotice,
    online_payment,
    online_payments,
    settle,
    unit_of_request,
)

COLUMNS: Final = ("reference", "request", "amount", "paid_at")
_LARGEST: Final = 20 << 20
_LONGEST_CELL: Final = 100
_MATCHED = "matched"
_MISSING_THERE = "missing_in_file"


@dataclass(frozen=True, kw_only=True)
class _Row:
    row: int
    notice: PaymentNotice


@transaction.atomic
def import_statement(gateway_name: str, day: date, content: bytes, *, actor: Actor) -> Statement:
    """Read the file of a day (tệp đối soát): what we had not heard of is settled now, differences are kept.

    The file of the same day may come again and replaces the earlier comparison; nothing is settled twice. Raises
    InputRefused with every faulty row, and then nothing is written.
    """
    permissions.require_everywhere(actor, *permissions.MAY_RECONCILE)
    gateway = Gateway.objects.filter(name=gateway_name).first()
    if gateway is None:
        raise NotFound(kind="payment gateway", key=gateway_name)
    rows = _read(content, day)
    Statement.objects.filter(gateway=gateway.name, day=day).delete()
    statement = Statement.objects.create(
        gateway=gateway.name,
        day=day,
        digest=sha256(content).hexdigest(),
        imported_at=clock().now(),
        imported_by=actor.username,
    )
    lines = [_compare(statement, row, actor=actor) for row in rows]
    StatementLine.objects.bulk_create([*lines, *_missing(statement, rows, actor=actor)])
    counts: dict[str, int] = {}
    for line in statement.lines.all():
        counts[line.outcome] = counts.get(line.outcome, 0) + 1
    key = f"{gateway.name} {day.isoformat()}"
    record(actor, "payment.reconciled", kind="payment", key=key, data=counts)
    return statement


def _compare(statement: Statement, row: _Row, *, actor: Actor) -> StatementLine:
    notice = row.notice
    recorded = online_payment(statement.gateway, notice.reference, to=actor)
    if recorded is None:
        outcome = settle(notice, gateway=statement.gateway, actor=actor).value
        recorded = online_payment(statement.gateway, notice.reference, to=actor)
    elif (recorded.amount_dong, recorded.request_code) != (notice.amount_dong, notice.request_code):
        outcome = Outcome.AMOUNT_DIFFERS.value
    else:
        outcome = _MATCHED
    return StatementLine(
        statement=statement,
        row=row.row,
        reference=notice.reference,
        request_code=notice.request_code,
        amount_dong=notice.amount_dong,
        own_amount_dong=recorded.amount_dong if recorded else None,
        unit_code=unit_of_request(notice.request_code, to=actor),
        outcome=outcome,
    )


def _missing(statement: Statement, rows: Sequence[_Row], *, actor: Actor) -> Iterator[StatementLine]:
    """Payments of the day we have and the file has not."""
    references = {row.notice.reference for row in rows}
    for payment in online_payments(statement.gateway, statement.day, to=actor):
        if payment.reference not in references:
            yield StatementLine(
                statement=statement,
                reference=payment.reference,
                request_code=payment.request_code,
                own_amount_dong=payment.amount_dong,
                unit_code=payment.unit_code,
                outcome=_MISSING_THERE,
            )


def _read(content: bytes, day: date) -> list[_Row]:
    if len(content) > _LARGEST:
        raise InputRefused([_problem("too_large", msgid("The file is larger than 20 MiB."))])
    if day > today(clock()):
        raise InputRefused([_problem("day_ahead", msgid("The day lies ahead."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused([_problem("not_utf8", msgid("The file is not UTF-8 text."))]) from None
    names, lines = _table(text)
    if any(name not in names for name in COLUMNS):
        message = msgid("The first row must name the columns reference, request, amount, paid_at.")
        raise InputRefused([_problem("columns_missing", message, row=1)])
    return _rows(lines, day)


def _table(text: str) -> tuple[Sequence[str], list[tuple[int, dict[str, str]]]]:
    """The names of the columns, and the rows with where they stand."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return reader.fieldnames or (), [(reader.line_num, told) for told in reader]
    except csv.Error:
        message = msgid("The file is not a table of rows and columns.")
        raise InputRefused([_problem("not_csv", message, row=reader.line_num + 1)]) from None


def _rows(lines: list[tuple[int, dict[str, str]]], day: date) -> list[_Row]:
    rows: list[_Row] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for place, told in lines:
        faults = list(_faults(told, row=place, day=day))
        reference = (told.get("reference") or "").strip()
        if reference in seen:
            message = msgid("The reference stands in row {first} already.")
            faults.append(_problem("repeated", message, row=place, column="reference", first=seen[reference]))
        seen.setdefault(reference, place)
        problems += faults
        if not faults:
            rows.append(_Row(row=place, notice=_notice(told)))
    if problems:
        raise InputRefused(problems)
    return rows


def _faults(told: dict[str, str], *, row: int, day: date) -> Iterator[Problem]:
    for name in COLUMNS:
        if not (told.get(name) or "").strip():
            yield _problem("empty", msgid("The cell is empty."), row=row, column=name)
            return
    if any(not is_storable(told[name]) or len(told[name]) > _LONGEST_CELL for name in COLUMNS):
        message = msgid(
            "The cell holds what no gateway writes: it is too long, or has a sign that cannot be stored."
        )
        yield _problem("cell", message, row=row)
        return
    if not 0 < _amount(told["amount"]) < LARGEST_DONG:
        message = msgid("The amount is not a whole number of đồng above 0.")
        yield _problem("amount", message, row=row, column="amount")
    paid_at = _instant(told["paid_at"])
    if paid_at is None:
        message = msgid("The time is not like 2026-03-02T09:15:00+07:00.")
        yield _problem("paid_at", message, row=row, column="paid_at")
    elif local_day(paid_at) != day:
        message = msgid("The payment is not of the day of the file.")
        yield _problem("other_day", message, row=row, column="paid_at")


def _amount(text: str) -> int:
    """The amount of a line; 0, which no payment has, where it cannot be read."""
    try:
        return parse_dong(text)
    except AmountMalformed:
        return 0


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    known = found if found.tzinfo else found.replace(tzinfo=LOCAL)
    return known if is_sound_instant(known) else None


def _notice(told: dict[str, str]) -> PaymentNotice:
    paid_at = _instant(told["paid_at"])
    if paid_at is None:
        raise ValueError(told["paid_at"])
    return PaymentNotice(
        reference=told["reference"].strip(),
        request_code=told["request"].strip(),
        amount_dong=_amount(told["amount"]),
        paid_at=paid_at,
    )


def _problem(
    code: str, message: str, *, row: int | None = None, column: str | None = None, **data: int
) -> Problem:
    return Problem(code=f"statement_{code}", message=message, data=data, row=row, column=column)
