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
    PaymentNotice,
    SettlementOutcome,
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
class _FileRow:
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
    rows = _read_file(content, day)
    Statement.objects.filter(gateway=gateway.name, day=day).delete()
    statement = Statement.objects.create(
        gateway=gateway.name,
        day=day,
        digest=sha256(content).hexdigest(),
        imported_at=clock().now(),
        imported_by=actor.username,
    )
    lines = [_compare_row(statement, row, actor=actor) for row in rows]
    StatementLine.objects.bulk_create([*lines, *_missing_lines(statement, rows, actor=actor)])
    counts: dict[str, int] = {}
    for line in statement.lines.all():
        counts[line.outcome] = counts.get(line.outcome, 0) + 1
    key = f"{gateway.name} {day.isoformat()}"
    record(actor, "payment.reconciled", kind="payment", key=key, data=counts)
    return statement


def _compare_row(statement: Statement, row: _FileRow, *, actor: Actor) -> StatementLine:
    notice = row.notice
    recorded = online_payment(statement.gateway, notice.reference, to=actor)
    if recorded is None:
        outcome = settle(notice, gateway=statement.gateway, actor=actor).value
        recorded = online_payment(statement.gateway, notice.reference, to=actor)
    elif (recorded.amount_dong, recorded.request_code) != (notice.amount_dong, notice.request_code):
        outcome = SettlementOutcome.AMOUNT_DIFFERS.value
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


def _missing_lines(
    statement: Statement, rows: Sequence[_FileRow], *, actor: Actor
) -> Iterator[StatementLine]:
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


def _read_file(content: bytes, day: date) -> list[_FileRow]:
    if len(content) > _LARGEST:
        raise InputRefused([_statement_problem("too_large", msgid("The file is larger than 20 MiB."))])
    if day > today(clock()):
        raise InputRefused([_statement_problem("day_ahead", msgid("The date is in the future."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused([_statement_problem("not_utf8", msgid("The file is not UTF-8 text."))]) from None
    names, lines = _parse_csv(text)
    if any(name not in names for name in COLUMNS):
        message = msgid("The first row must name the columns reference, request, amount, paid_at.")
        raise InputRefused([_statement_problem("columns_missing", message, row=1)])
    return _parse_rows(lines, day)


def _parse_csv(text: str) -> tuple[Sequence[str], list[tuple[int, dict[str, str]]]]:
    """The names of the columns, and the rows with where they stand."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return reader.fieldnames or (), [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        message = msgid("The file is not a table of rows and columns.")
        raise InputRefused([_statement_problem("not_csv", message, row=reader.line_num + 1)]) from None


def _parse_rows(lines: list[tuple[int, dict[str, str]]], day: date) -> list[_FileRow]:
    rows: list[_FileRow] = []
    problems: list[Problem] = []
    first_rows: dict[str, int] = {}
    for row_number, cells in lines:
        row_problems = list(_find_problems(cells, row=row_number, day=day))
        reference = (cells.get("reference") or "").strip()
        if reference in first_rows:
            message = msgid("The reference is already in row {first}.")
            row_problems.append(
                _statement_problem(
                    "repeated", message, row=row_number, column="reference", first=first_rows[reference]
                )
            )
        first_rows.setdefault(reference, row_number)
        problems += row_problems
        if not row_problems:
            rows.append(_FileRow(row=row_number, notice=_parse_notice(cells)))
    if problems:
        raise InputRefused(problems)
    return rows


def _find_problems(cells: dict[str, str], *, row: int, day: date) -> Iterator[Problem]:
    for name in COLUMNS:
        if not (cells.get(name) or "").strip():
            yield _statement_problem("empty", msgid("The cell is empty."), row=row, column=name)
            return
    if any(not is_storable(cells[name]) or len(cells[name]) > _LONGEST_CELL for name in COLUMNS):
        message = msgid(
            "The content of the cell is not valid: it is too long or contains a character that "
            "cannot be stored."
        )
        yield _statement_problem("cell", message, row=row)
        return
    if not 0 < _parse_amount(cells["amount"]) < LARGEST_DONG:
        message = msgid("The amount must be a whole number of đồng greater than 0.")
        yield _statement_problem("amount", message, row=row, column="amount")
    paid_at = _parse_instant(cells["paid_at"])
    if paid_at is None:
        message = msgid("The time must have the format 2026-03-02T09:15:00+07:00.")
        yield _statement_problem("paid_at", message, row=row, column="paid_at")
    elif local_day(paid_at) != day:
        message = msgid("The payment was not made on the day of the file.")
        yield _statement_problem("other_day", message, row=row, column="paid_at")


def _parse_amount(text: str) -> int:
    """The amount of a line; 0, which no payment has, where it cannot be read."""
    try:
        return parse_dong(text)
    except AmountMalformed:
        return 0


def _parse_instant(text: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    instant = parsed if parsed.tzinfo else parsed.replace(tzinfo=LOCAL)
    return instant if is_sound_instant(instant) else None


def _parse_notice(cells: dict[str, str]) -> PaymentNotice:
    paid_at = _parse_instant(cells["paid_at"])
    if paid_at is None:
        raise ValueError(cells["paid_at"])
    return PaymentNotice(
        reference=cells["reference"].strip(),
        request_code=cells["request"].strip(),
        amount_dong=_parse_amount(cells["amount"]),
        paid_at=paid_at,
    )


def _statement_problem(
    code: str, message: str, *, row: int | None = None, column: str | None = None, **data: int
) -> Problem:
    return Problem(code=f"statement_{code}", message=message, data=data, row=row, column=column)
