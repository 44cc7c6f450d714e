"""The page of gateways' daily files, and the address their messages go to."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.gateways import permissions
from congtam.gateways.actions.callbacks import receive_callback
from congtam.gateways.actions.reconcile import import_statement
from congtam.gateways.domain.signing import CallbackRefused
from congtam.gateways.queries import disagreeing_statement_lines
from congtam.gateways.statement_days import statement_days
from congtam.gateways.web import pages
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound
from congtam.kernel.input.days import day_or_none
from congtam.payments.public import SettlementOutcome

_STATUS: Final = {SettlementOutcome.UNKNOWN_REQUEST: 404, SettlementOutcome.AMOUNT_DIFFERS: 422}


@require_http_methods(["GET", "POST"])
def reconcile(request: HttpRequest) -> HttpResponse:
    """Read in a gateway's daily file, and see what does not agree."""
    actor = actor_of(request)
    permissions.require_everywhere(actor, *permissions.MAY_RECONCILE)
    context: dict[str, Any] = _comparison_context(actor)
    file = request.FILES.get("file")
    if request.method != "POST":
        return render(request, "gateways/reconcile.html", context)
    day = day_or_none(request.POST.get("day", ""))
    context["day"] = day or context["day"]
    if file is None or day is None:
        context["plain_problems"] = [gettext("Choose the day and the file.")]
        return render(request, "gateways/reconcile.html", context, status=400)
    try:
        import_statement(request.POST.get("gateway", ""), day, file.read(21 << 20), actor=actor)
    except InputRefused as refusal:
        return render(
            request, "gateways/reconcile.html", {**context, "problems": refusal.problems}, status=400
        )
    return redirect(reverse("gateways:reconcile"))


def _comparison_context(actor: Actor) -> dict[str, Any]:
    return pages.reconcile_context(
        disagreeing_statement_lines(to=actor), statement_days(to=actor), day=today(clock())
    )


@csrf_exempt
@login_not_required
@require_POST
def callback(request: HttpRequest, gateway: str) -> HttpResponse:
    """A gateway's signed message; the answer says what became of it."""
    sent_at, received_signature = request.headers.get("X-Sent-At", ""), request.headers.get("X-Signature", "")
    try:
        outcome = receive_callback(
            gateway, sent_at=sent_at, received_signature=received_signature, body=request.body
        )
    except CallbackRefused as refusal:
        return JsonResponse({"result": "refused", "reason": refusal.code}, status=401)
    except NotFound:
        return JsonResponse({"result": "unknown_gateway"}, status=404)
    except DomainError as error:
        return JsonResponse({"result": "malformed", "reason": error.format_message()}, status=400)
    return JsonResponse({"result": outcome.value}, status=_STATUS.get(outcome, 200))
