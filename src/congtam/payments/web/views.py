"""Pages of fees and payments (trang phí, lệ phí)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import parse_dong
from congtam.payments import permissions
from congtam.payments.actions.reconcile import import_statement
from congtam.payments.actions.refunds import ask_refund, do_refund, turn_down_refund
from congtam.payments.actions.requests import cancel
from congtam.payments.actions.settle import Outcome, pay_cash, receive_callback
from congtam.payments.domain.signing import CallbackRefused
from congtam.payments.models import RequestState
from congtam.payments.queries import SURPLUS, differences, get_visible, list_requests
from congtam.payments.statement_days import statement_days
from congtam.payments.web import pages

_STATUS: Final = {Outcome.UNKNOWN_REQUEST: 404, Outcome.AMOUNT_DIFFERS: 422}


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
    found = get_visible(code, to=actor)
    if request.method != "POST":
        return render(request, "payments/detail.html", pages.detail_context(found, actor=actor))
    problems = _done(request, code, actor)
    if problems is None:
        return redirect("payments:detail", code)
    context = pages.detail_context(get_visible(code, to=actor), actor=actor)
    return render(
        request, "payments/detail.html", {**context, "problems": problems, "given": request.POST}, status=400
    )


def _done(request: HttpRequest, code: str, actor: Actor) -> list[str] | None:
    """Do what the form asks; what is wrong with it, or None."""
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        return [gettext("Choose what is to be done.")]
    try:
        deed(request, code, actor)
    except InputRefused as refusal:
        return [problem.in_words(gettext) for problem in refusal.problems]
    except DomainError as error:
        return [error.in_words(gettext)]
    return None


def _number(text: str) -> int:
    return parse_dong(text) if text.strip() else 0


def _cash(request: HttpRequest, code: str, actor: Actor) -> None:
    pay_cash(code, amount_dong=_number(request.POST.get("amount", "")), actor=actor)


def _cancel(request: HttpRequest, code: str, actor: Actor) -> None:
    cancel(code, reason=request.POST.get("reason", "")[:500], actor=actor)


def _ask_refund(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    amount = _number(request.POST.get("amount", ""))
    reason = request.POST.get("reason", "")[:500]
    left = _number(request.POST["left"]) if request.POST.get("left") else None
    ask_refund(request.POST["payment"], amount_dong=amount, reason=reason, actor=actor, left_seen=left)


def _do_refund(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    seen = _number(request.POST["waiting"]) if request.POST.get("waiting") else None
    reference = request.POST.get("reference", "")[:100]
    do_refund(request.POST["payment"], reference=reference, actor=actor, waiting_seen=seen)


def _turn_down(request: HttpRequest, code: str, actor: Actor) -> None:
    _require_own(request, code, actor)
    turn_down_refund(request.POST["payment"], reason=request.POST.get("reason", "")[:500], actor=actor)


def _require_own(request: HttpRequest, code: str, actor: Actor) -> None:
    """The payment named belongs to the request of the page."""
    named = request.POST.get("payment", "")
    if not get_visible(code, to=actor).payments.filter(code=named).exists():
        raise NotFound(kind="payment", key=named)


_DEEDS: Final[dict[str, Callable[[HttpRequest, str, Actor], None]]] = {
    "cash": _cash,
    "cancel": _cancel,
    "ask_refund": _ask_refund,
    "do_refund": _do_refund,
    "turn_down": _turn_down,
}


@require_http_methods(["GET", "POST"])
def reconcile(request: HttpRequest) -> HttpResponse:
    """Read in a gateway's daily file, and see what does not agree."""
    actor = actor_of(request)
    permissions.require_everywhere(actor, *permissions.MAY_RECONCILE)
    context: dict[str, Any] = _comparison(actor)
    file = request.FILES.get("file")
    if request.method != "POST":
        return render(request, "payments/reconcile.html", context)
    day = day_or_none(request.POST.get("day", ""))
    context["day"] = day or context["day"]
    if file is None or day is None:
        context["plain_problems"] = [gettext("Choose the day and the file.")]
        return render(request, "payments/reconcile.html", context, status=400)
    try:
        import_statement(request.POST.get("gateway", ""), day, file.read(21 << 20), actor=actor)
    except InputRefused as refusal:
        return render(
            request, "payments/reconcile.html", {**context, "problems": refusal.problems}, status=400
        )
    return redirect(reverse("payments:reconcile"))


def _comparison(actor: Actor) -> dict[str, Any]:
    return pages.reconcile_context(differences(to=actor), statement_days(to=actor), day=today(clock()))


@csrf_exempt
@login_not_required
@require_POST
def callback(request: HttpRequest, gateway: str) -> HttpResponse:
    """A gateway's signed message; the answer says what became of it."""
    sent_at, given = request.headers.get("X-Sent-At", ""), request.headers.get("X-Signature", "")
    try:
        outcome = receive_callback(gateway, sent_at=sent_at, given=given, body=request.body)
    except CallbackRefused as refusal:
        return JsonResponse({"result": "refused", "reason": refusal.code}, status=401)
    except NotFound:
        return JsonResponse({"result": "unknown_gateway"}, status=404)
    except DomainError as error:
        return JsonResponse({"result": "malformed", "reason": error.in_words()}, status=400)
    return JsonResponse({"result": outcome.value}, status=_STATUS.get(outcome, 200))
