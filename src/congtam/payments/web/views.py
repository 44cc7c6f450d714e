"""Pages of fees and payments (trang phí, lệ phí)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import DomainError, InputRefused, NotFound
from congtam.kernel.input.numbers import parse_dong
from congtam.payments.actions.refunds import complete_refund, refuse_refund, request_refund
from congtam.payments.actions.requests import cancel
from congtam.payments.actions.settle import pay_cash
from congtam.payments.models import RequestState
from congtam.payments.queries import SURPLUS, get_visible, list_requests
from congtam.payments.web import pages


@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """The fee requests the actor may see, the latest first."""
    actor = actor_of(request)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    chosen = state if state in {*RequestState, SURPLUS} else ""
    page = list_requests(to=actor, state=chosen, text=text, after=request.GET.get("after") or None)
    return render(
        request, "payments/list.html", pages.list_context(page, actor=actor, state=chosen, text=text)
    )


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One fee request: what came in, how it can be paid, and what the actor may do."""
    actor = actor_of(request)
    fee_request = get_visible(code, to=actor)
    if request.method != "POST":
        return render(request, "payments/detail.html", pages.detail_context(fee_request, actor=actor))
    problems = _perform_operation(request, code, actor)
    if problems is None:
        return redirect("payments:detail", code)
    context = pages.detail_context(get_visible(code, to=actor), actor=actor)
    return render(
        request,
        "payments/detail.html",
        {**context, "problems": problems, "form_values": request.POST},
        status=400,
    )


def _perform_operation(request: HttpRequest, code: str, actor: Actor) -> list[str] | None:
    """Do what the form asks; what is wrong with it, or None."""
    operation = _OPERATIONS.get(request.POST.get("operation", ""))
    if operation is None:
        return [gettext("Choose an action.")]
    try:
        operation(request, code, actor)
    except InputRefused as refusal:
        return [problem.format_message(gettext) for problem in refusal.problems]
    except DomainError as error:
        return [error.format_message(gettext)]
    return None


def _parse_amount(text: str) -> int:
    return parse_dong(text) if text.strip() else 0


def _pay_in_cash(request: HttpRequest, code: str, actor: Actor) -> None:
    pay_cash(code, amount_dong=_parse_amount(request.POST.get("amount", "")), actor=actor)


def _cancel_fee(request: HttpRequest, code: str, actor: Actor) -> None:
    cancel(code, reason=request.POST.get("reason", "")[:500], actor=actor)


def _request_refund(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    amount = _parse_amount(request.POST.get("amount", ""))
    reason = request.POST.get("reason", "")[:500]
    refundable = (
        _parse_amount(request.POST["expected_refundable"])
        if request.POST.get("expected_refundable")
        else None
    )
    request_refund(
        request.POST["payment"],
        amount_dong=amount,
        reason=reason,
        actor=actor,
        expected_refundable_dong=refundable,
    )


def _complete_refund(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    expected = (
        _parse_amount(request.POST["expected_pending"]) if request.POST.get("expected_pending") else None
    )
    reference = request.POST.get("reference", "")[:100]
    complete_refund(request.POST["payment"], reference=reference, actor=actor, expected_pending_dong=expected)


def _refuse_refund(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    refuse_refund(request.POST["payment"], reason=request.POST.get("reason", "")[:500], actor=actor)


def _require_own(request: HttpRequest, code: str, actor: Actor) -> None:
    """The payment named belongs to the request of the page."""
    named = request.POST.get("payment", "")
    if not get_visible(code, to=actor).payments.filter(code=named).exists():
        raise NotFound(kind="payment", key=named)


_OPERATIONS: Final[dict[str, Callable[[HttpRequest, str, Actor], None]]] = {
    "cash": _pay_in_cash,
    "cancel": _cancel_fee,
    "request_refund": _request_refund,
    "complete_refund": _complete_refund,
    "refuse_refund": _refuse_refund,
}
