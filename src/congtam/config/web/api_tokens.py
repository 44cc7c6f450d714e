"""The tokens of one's own account (mã truy cập API), and how to begin with the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import EVERYWHERE, Actor, Role, actor_of, clock
from congtam.foundation.tokens import issue_token, list_all_tokens, list_tokens, revoke_token
from congtam.kernel.errors import DomainError
from congtam.kernel.input.numbers import digits_or_none

_DAYS: Final = "365"
_SOON: Final = timedelta(days=14)
_WHY: Final[Mapping[str, Any]] = {
    "revoked": gettext_lazy("Revoked"),
    "password_changed": gettext_lazy("No longer valid: the password was changed"),
    "account_closed": gettext_lazy("No longer valid: the account was closed"),
    "no_role_left": gettext_lazy("No longer valid: the account no longer has a role"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, make one, revoke one; a new token is shown in the answer and never again."""
    actor = actor_of(request)
    shown: dict[str, Any] = {"form_values": {"name": "", "days": _DAYS}}
    if "revoke" in request.POST:
        revoke_token(actor.username, name=request.POST["revoke"], actor=actor)
        return redirect("api_tokens")
    if request.method == "POST":
        shown |= _issue(request)
    context = {
        **shown,
        "tokens": [_row(token) for token in list_tokens(actor.username)],
        "may_see_all": _may_see_all(actor),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "api_tokens.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Every token that works, by account, for an administrator; any of them can be revoked."""
    actor = actor_of(request)
    tokens = list_all_tokens(to=actor)
    if request.method == "POST":
        revoke_token(request.POST.get("account", ""), name=request.POST.get("revoke", ""), actor=actor)
        return redirect("all_api_tokens")
    rows = [{**_row(token), "account": token.account} for token in tokens]
    return render(request, "api_tokens_all.html", {"tokens": rows})


def _may_see_all(actor: Actor) -> bool:
    return actor.is_console or EVERYWHERE in actor.units_with(Role.ADMINISTRATOR)


def _row(token: Any) -> dict[str, Any]:
    """A token with how it stands: it works, it soon ends, it ended and why."""
    now = clock().now()
    works = token.works_at(now)
    if works and token.valid_until - now < _SOON:
        state, tone = gettext("Expires soon"), "warn"
    elif works:
        state, tone = gettext("Active"), "good"
    else:
        state, tone = _WHY.get(token.ended_because, gettext("Expired")), "neutral"
    return {"token": token, "works": works, "state": state, "tone": tone}


def _issue(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    name, days = request.POST.get("name", ""), request.POST.get("days", "")
    count = digits_or_none(days, most=9999) or 0
    try:
        return {"issued": issue_token(actor.username, name=name, days=count, actor=actor)}
    except DomainError as error:
        return {"error": error.format_message(gettext), "form_values": {"name": name, "days": days}}
