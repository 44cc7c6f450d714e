"""Pages of subscriptions (trang đăng ký nhận thông báo), for administrators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import actor_of
from congtam.foundation.web.form_problems import add_problems_to
from congtam.kernel.errors import DomainError
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.web.forms import HostForm, WebhookForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """All subscriptions and allowed hosts; add one of either, forbid a host."""
    subscriptions.require_administrator(actor := actor_of(request))
    form, host_form = WebhookForm(), HostForm()
    shown: dict[str, Any] = {}
    if "forbid" in request.POST:
        subscriptions.forbid_host(request.POST["forbid"], actor=actor)
        return redirect("webhooks:list")
    if "host" in request.POST:
        host_form = HostForm(request.POST)
        if host_form.is_valid() and _allow_host(request, host_form):
            return redirect("webhooks:list")
    elif request.method == "POST":
        form = WebhookForm(request.POST)
        shown = _add_subscription(request, form) if form.is_valid() else {}
    hosts, listed = subscriptions.list_allowed_hosts(to=actor), subscriptions.webhook_summaries(to=actor)
    context = {"webhooks": listed, "hosts": hosts, "form": form, "host_form": host_form, **shown}
    return render(request, "webhooks/webhooks.html", context)


def _allow_host(request: HttpRequest, form: HostForm) -> bool:
    try:
        subscriptions.allow_host(**form.cleaned_data, actor=actor_of(request))
    except DomainError as error:
        add_problems_to(form, error, field="host")
        return False
    return True


def _add_subscription(request: HttpRequest, form: WebhookForm) -> dict[str, Any]:
    """The new subscription with its secret, or what is wrong beside the fields."""
    try:
        added = subscriptions.add_webhook(WebhookSettings(**form.cleaned_data), actor=actor_of(request))
    except DomainError as error:
        add_problems_to(form, error, field="url")
        return {}
    return {"added": added, "form": WebhookForm()}
