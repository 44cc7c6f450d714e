"""Cash at the counters (tiền mặt tại quầy): who took what for whom, to be compared with the till."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, actor_of, clock, display_names
from congtam.kernel.clock import today
from congtam.kernel.input.days import day_or_none
from congtam.org_units.public import unit_name
from congtam.payments.models import Payment
from congtam.payments.queries import CashOfCounter, cash_of_counters, cash_receipts
from congtam.ui.public import dong, instant


@require_GET
def cash(request: HttpRequest) -> HttpResponse:
    """What each counter took in and gave back within some days; of one counter every receipt."""
    actor, now = actor_of(request), today(clock())
    first, last = day_or_none(request.GET.get("from", "")), day_or_none(request.GET.get("to", ""))
    days = first or now.replace(day=1), last or now
    problem = gettext("The first day is after the last day.") if days[0] > days[1] else ""
    counter = request.GET.get("counter", "")[:40]
    context = {"first": days[0], "last": days[1], "problem": problem}
    if not problem:
        context |= _page_context(days, counter=counter, actor=actor)
    return render(request, "payments/cash.html", context, status=400 if problem else 200)


def _page_context(days: tuple[date, date], *, counter: str, actor: Actor) -> dict[str, Any]:
    sums = cash_of_counters(days, to=actor)
    return {
        "rows": [_counter_row(row, counter=counter) for row in sums],
        "total": _total_row(sums),
        "counter": unit_name(counter) if counter else "",
        "receipts": _receipt_rows(cash_receipts(counter, days, to=actor)) if counter else [],
    }


def _counter_row(row: CashOfCounter, *, counter: str) -> dict[str, Any]:
    return {
        "counter_code": row.counter_unit_code,
        "counter": unit_name(row.counter_unit_code),
        "is_chosen": row.counter_unit_code == counter,
        "unit": unit_name(row.unit_code),
        "is_for_another": row.is_for_another,
        "count": row.receipt_count,
        "received": dong(row.taken_dong),
        "refunded": dong(row.refunded_dong) if row.refunded_dong else "—",
        "balance": dong(row.balance_dong),
    }


def _total_row(sums: Sequence[CashOfCounter]) -> dict[str, Any] | None:
    if len(sums) < 2:
        return None
    return {
        "count": sum(row.receipt_count for row in sums),
        "received": dong(sum(row.taken_dong for row in sums)),
        "refunded": dong(sum(row.refunded_dong for row in sums)),
        "balance": dong(sum(row.balance_dong for row in sums)),
    }


def _receipt_rows(payments: Sequence[Payment]) -> list[dict[str, Any]]:
    names = display_names(payment.recorded_by for payment in payments)
    return [
        {
            "number": payment.receipt_number,
            "at": instant(payment.paid_at),
            "request": payment.request.code,
            "dossier": payment.request.dossier_code,
            "unit": unit_name(payment.request.unit_code),
            "amount": dong(payment.amount_dong),
            "by": names.get(payment.recorded_by, payment.recorded_by),
        }
        for payment in payments
    ]
