"""The page of one subscription (trang một đăng ký): its messages, and what an administrator does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congtam.foundation.delivery import DeliveryState
from congtam.foundation.public import Actor, actor_of
from congtam.foundation.web.form_problems import add_problems_to
from congtam.kernel.errors import DomainError
from congtam.kernel.input.numbers import digits_or_none
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.delivering import TEST, previous_signing_secrets
from congtam.webhooks.jobs import deliver_webhook
from congtam.webhooks.models import Webhook, WebhookDelivery
from congtam.webhooks.web.forms import TOPIC_LABELS, WebhookForm

STATES: Final = {
    DeliveryState.WAITING: (_("Waiting"), "warn"),
    DeliveryState.SENT: (_("Delivered"), "good"),
    DeliveryState.GIVEN_UP: (_("Given up"), "bad"),
}
_SHOWN: Final = 50
_LABELS: Final = {**TOPIC_LABELS, TEST: _("Test message")}
_ONCE: Final = "webhook_secret"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, key: str) -> HttpResponse:
    """One subscription and its messages; change it, try it, switch it, send a message again."""
    actor = actor_of(request)
    subscription = subscriptions.get_webhook(key, to=actor)
    form = WebhookForm(initial={name: getattr(subscription, name) for name in WebhookForm.base_fields})
    if request.method == "POST":
        if "url" in request.POST:
            form = WebhookForm(request.POST)
            if form.is_valid() and _change_subscription(form, subscription, request):
                return redirect("webhooks:detail", key)
        else:
            _run_action(request, subscription, actor)
            return redirect("webhooks:detail", key)
    secret = request.session.pop(f"{_ONCE}:{key}", "")
    return render(
        request,
        "webhooks/webhook.html",
        {**_page_context(request, subscription), "form": form, "secret": secret},
    )


@require_safe
def delivery(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One message: the very text that is sent, and what came back."""
    actor = actor_of(request)
    row = subscriptions.get_delivery(key, code, to=actor)
    context = {"webhook": subscriptions.get_webhook(key, to=actor), "row": _delivery_row(row)}
    return render(request, "webhooks/delivery.html", context)


def _page_context(request: HttpRequest, subscription: Webhook) -> dict[str, Any]:
    filters = {name: request.GET.get(name, "").strip() for name in ("state", "subject_key", "before")}
    filters["state"] = filters["state"] if filters["state"] in set(DeliveryState) else ""
    rows = list(
        subscriptions.list_deliveries(subscription.key, to=actor_of(request), **filters)[: _SHOWN + 1]
    )
    more = {**filters, "before": rows[_SHOWN - 1].code} if len(rows) > _SHOWN else {}
    return {
        "webhook": subscription,
        "rows": [_delivery_row(row) for row in rows[:_SHOWN]],
        "states": [{"code": code.value, "text": label[0]} for code, label in STATES.items()],
        **filters,
        "older": "?" + urlencode(more) if more else "",
        "previous_secrets_valid_until": [
            datetime.fromisoformat(one["until"]) for one in previous_signing_secrets(subscription)
        ][:1],
    }


def _delivery_row(row: WebhookDelivery) -> dict[str, Any]:
    label, tone = STATES[DeliveryState(row.state)]
    topic, is_test = _LABELS.get(row.topic, row.topic), row.topic == TEST
    heading = {"title": topic if is_test else row.key, "subtitle": "" if is_test else topic}
    return {"delivery": row, "label": label, "tone": tone, **heading}


def _change_subscription(form: WebhookForm, subscription: Webhook, request: HttpRequest) -> bool:
    """Whether it was changed; else what is wrong stands beside the fields."""
    version = request.POST.get("version", "")
    try:
        subscriptions.change_webhook(
            subscription.key,
            WebhookSettings(**form.cleaned_data),
            actor=actor_of(request),
            version=digits_or_none(version, most=10**9),
        )
    except DomainError as error:
        add_problems_to(form, error, field="url")
        return False
    messages.success(request, gettext("The changes were saved."))
    return True


def _run_action(request: HttpRequest, subscription: Webhook, actor: Actor) -> None:
    """What a button asks for; without a known one it is switched."""
    action = next((action for name, action in _ACTIONS.items() if name in request.POST), _switch_subscription)
    try:
        action(request, subscription, actor)
    except subscriptions.SwitchedOff as error:
        messages.error(request, error.format_message(gettext))


def _resend_delivery(request: HttpRequest, subscription: Webhook, actor: Actor) -> None:
    subscriptions.resend(subscription.key, request.POST["resend"], actor=actor)
    deliver_webhook.defer(key=subscription.key)
    messages.success(request, gettext("The message is being sent again."))


def _send_test_message(request: HttpRequest, subscription: Webhook, actor: Actor) -> None:
    subscriptions.send_test(subscription.key, actor=actor)
    deliver_webhook.defer(key=subscription.key)
    messages.success(
        request, gettext("A test message is being sent; the response will appear below in a moment.")
    )


def _rotate_secret(request: HttpRequest, subscription: Webhook, actor: Actor) -> None:
    changed = subscriptions.rotate_secret(subscription.key, actor=actor)
    request.session[f"{_ONCE}:{subscription.key}"] = changed.secret


def _switch_subscription(_request: HttpRequest, subscription: Webhook, actor: Actor) -> None:
    subscriptions.set_webhook_active(subscription.key, on=not subscription.is_active, actor=actor)


_ACTIONS: Final[Mapping[str, Callable[[HttpRequest, Webhook, Actor], None]]] = {
    "resend": _resend_delivery,
    "try": _send_test_message,
    "rotate": _rotate_secret,
}
