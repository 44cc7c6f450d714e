"""Reading fee requests and payments, always through the actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import LOCAL, today
from congtam.kernel.errors import DomainError, NotFound, msgid
from congtam.payments import permissions
from congtam.payments.domain.vietqr import Transfer, vietqr_text
from congtam.payments.models import BankAccount, FeeRequest, Payment, Refund, Way

PAGE_SIZE: Final = 50
MOST_RECEIPTS: Final = 500
SURPLUS: Final = "surplus"
"""Beside the states of requests: those with money that came in and is to be given back."""


class NoBankAccount(DomainError):
    """A unit has no account to which fees could be transferred."""

    code = "payments.no_bank_account"
    message = msgid(
        "Unit {unit} has no bank account for fees on record. Pay in cash or ask the administrator to add one."
    )


@dataclass(frozen=True, kw_only=True)
class FeeRequestView:
    """A fee request as others see it (yêu cầu nộp phí)."""

    code: str
    dossier_code: str
    unit_code: str
    amount_dong: int
    paid_dong: int
    state: str
    reason: str
    closing_reason: str
    """Why it is no longer asked for."""
    counter_unit_code: str
    """Where else it may be paid in cash; empty where only the unit itself takes it."""
    paid_at_unit_code: str
    """The unit whose counter took the cash."""
    requested_at: datetime
    due_at: datetime | None
    paid_at: datetime | None
    way: str


@dataclass(frozen=True)
class RequestPage:
    """One page of fee requests and the code to go on after."""

    rows: Sequence[FeeRequest]
    next_after: str | None


def requests_visible_to(actor: Actor) -> QuerySet[FeeRequest]:
    """The fee requests of the units an actor may see, and of the counters it serves; every read begins here."""
    condition = permissions.visible_requests_condition(actor)
    return FeeRequest.objects.all() if condition is None else FeeRequest.objects.filter(condition)


def get_visible(code: str, *, to: Actor) -> FeeRequest:
    """The fee request, or NotFound."""
    fee_request = requests_visible_to(to).filter(code=code).first()
    if fee_request is None:
        raise NotFound(kind="fee request", key=code)
    return fee_request


def fee_requests(dossier_codes: Sequence[str], *, to: Actor) -> list[FeeRequestView]:
    """The fee requests of dossiers, in the order they were made."""
    readable, counters = permissions.units_with_readable_reasons(to), permissions.counter_units(to)
    views = build_views(requests_visible_to(to).filter(dossier_code__in=list(dossier_codes)))
    return [
        row
        if row.unit_code in readable or (row.counter_unit_code and row.counter_unit_code in counters)
        else replace(row, reason="", closing_reason="")
        for row in views
    ]


def build_views(requests: QuerySet[FeeRequest]) -> list[FeeRequestView]:
    """Requests with what was paid on them."""
    counting = Prefetch("payments", queryset=Payment.objects.filter(counts=True), to_attr="settling")
    rows = requests.order_by("pk").prefetch_related(counting)
    return [_fee_request_view(row, vars(row)["settling"]) for row in rows]


def _fee_request_view(row: FeeRequest, settling: list[Payment]) -> FeeRequestView:
    return FeeRequestView(
        code=row.code,
        dossier_code=row.dossier_code,
        unit_code=row.unit_code,
        amount_dong=row.amount_dong,
        paid_dong=sum(payment.amount_dong for payment in settling),
        state=row.state,
        reason=row.reason,
        closing_reason=row.closing_reason,
        counter_unit_code=row.counter_unit_code,
        paid_at_unit_code=settling[0].counter_unit_code if settling else "",
        requested_at=row.requested_at,
        due_at=row.due_at,
        paid_at=row.settled_at,
        way=settling[0].way if settling else "",
    )


def list_requests(
    *, to: Actor, state: str = "", text: str = "", after: str | None = None, limit: int = PAGE_SIZE
) -> RequestPage:
    """A page of the requests an actor may see, the latest first."""
    requests = requests_visible_to(to)
    if state == SURPLUS:
        requests = requests.filter(pk__in=_surplus_payments().values("request"))
    elif state:
        requests = requests.filter(state=state)
    if text:
        requests = requests.filter(
            Q(code__startswith=text.upper()) | Q(dossier_code__startswith=text.upper())
        )
    if after:
        last = get_visible(after, to=to)
        requests = requests.filter(requested_at__lte=last.requested_at).exclude(
            requested_at=last.requested_at, pk__gte=last.pk
        )
    rows = list(requests.order_by("-requested_at", "-pk")[: limit + 1])
    return RequestPage(rows[:limit], rows[limit - 1].code if len(rows) > limit else None)


def _surplus_payments() -> QuerySet[Payment]:
    """Money that settles nothing and has not been given back in full (khoản nộp thừa)."""
    done = Sum("refunds__amount_dong", filter=Q(refunds__done_at__isnull=False), default=0)
    return Payment.objects.filter(counts=False).annotate(back=done).filter(back__lt=F("amount_dong"))


def vietqr(request_code: str) -> str:
    """The text of the QR code that pays a request by transfer; raises NoBankAccount."""
    request = FeeRequest.objects.get(code=request_code)
    account = BankAccount.objects.filter(unit_code=request.unit_code, valid__contains=today(clock())).first()
    if account is None:
        raise NoBankAccount(unit=request.unit_code)
    return vietqr_text(
        Transfer(
            bank_bin=account.bank_bin,
            account=account.number,
            amount_dong=request.amount_dong,
            purpose=request.code,
        )
    )


def contradictory_requests() -> list[dict[str, Any]]:
    """Requests whose state and payments contradict each other; empty unless somebody wrote past the actions."""
    paid = FeeRequest.objects.filter(state="paid").exclude(payments__counts=True)
    unpaid = FeeRequest.objects.filter(state="open", payments__counts=True)
    return [{"code": row.code, "state": row.state} for row in (paid | unpaid).distinct().order_by("code")]


@dataclass(frozen=True, kw_only=True)
class CashOfCounter:
    """The cash a counter took in for a unit, and gave back (thu tiền mặt tại quầy)."""

    counter_unit_code: str
    unit_code: str
    receipt_count: int
    taken_dong: int
    refunded_dong: int

    @property
    def balance_dong(self) -> int:
        """What is in its hands of it; of another unit's fees, what it owes that unit."""
        return self.taken_dong - self.refunded_dong

    @property
    def is_for_another(self) -> bool:
        """Whether the fee is that of another unit (phi địa giới)."""
        return self.counter_unit_code != self.unit_code


def cash_of_counters(days: tuple[date, date], *, to: Actor) -> list[CashOfCounter]:
    """What each counter took in from the first to the last day, by the unit whose fee it is.

    Money counts on the day it was taken, and again on the day it was given back. Both the unit of the counter and the
    unit whose fee it is see it.
    """
    start, end = _day_bounds(days)
    taken = _visible_cash(to).filter(paid_at__gte=start, paid_at__lt=end)
    groups = "counter_unit_code", "request__unit_code"
    sums = taken.values(*groups).annotate(count=Count("pk"), total=Sum("amount_dong")).order_by()
    by_counter_and_unit = {(row[groups[0]], row[groups[1]]): [row["count"], row["total"], 0] for row in sums}
    refunds = Refund.objects.filter(payment__in=_visible_cash(to), done_at__gte=start, done_at__lt=end)
    refund_groups = tuple(f"payment__{name}" for name in groups)
    for row in refunds.values(*refund_groups).annotate(total=Sum("amount_dong")).order_by():
        by_counter_and_unit.setdefault((row[refund_groups[0]], row[refund_groups[1]]), [0, 0, 0])[2] = row[
            "total"
        ]
    return [
        CashOfCounter(
            counter_unit_code=counter,
            unit_code=unit,
            receipt_count=count,
            taken_dong=total,
            refunded_dong=refunded,
        )
        for (counter, unit), (count, total, refunded) in sorted(by_counter_and_unit.items())
    ]


def cash_receipts(counter_unit_code: str, days: tuple[date, date], *, to: Actor) -> list[Payment]:
    """The receipts of a counter in the order of their numbers; at most 500, as a page can show them."""
    start, end = _day_bounds(days)
    receipts = _visible_cash(to).filter(
        counter_unit_code=counter_unit_code, paid_at__gte=start, paid_at__lt=end
    )
    return list(receipts.select_related("request").order_by("receipt_number")[:MOST_RECEIPTS])


def _visible_cash(actor: Actor) -> QuerySet[Payment]:
    """Cash at counters, as far as the actor may see it: of the counter it works at, and of fees it may see."""
    cash, units = Payment.objects.filter(way=Way.CASH), permissions.visible_payment_units(actor)
    if units.everything:
        return cash
    counters = permissions.counter_units(actor).codes
    return cash.filter(Q(counter_unit_code__in=counters) | Q(request__unit_code__in=units.codes))


def _day_bounds(days: tuple[date, date]) -> tuple[datetime, datetime]:
    first, last = (datetime.combine(day, time.min, LOCAL) for day in days)
    return first, last + timedelta(days=1)
