"""The tokens of one's own account (mã truy cập API), and how to begin with the API."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.administration.public import is_administrator
from congtam.administration.web.tokens import token_row
from congtam.foundation.public import actor_of
from congtam.foundation.tokens import issue_token, list_tokens, revoke_token
from congtam.kernel.errors import DomainError
from congtam.kernel.input.numbers import digits_or_none

_DAYS: Final = "365"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, make one, revoke one; a new token is shown in the answer and never again."""
    actor = actor_of(request)
    shown: dict[str, Any] = {"form_values": {"name": "", "days": _DAYS, "privileged": False}}
    if "revoke" in request.POST:
        revoke_token(actor.username, name=request.POST["revoke"], actor=actor)
        return redirect("api_tokens")
    if request.method == "POST":
        shown |= _issue_from_form(request)
    context = {
        **shown,
        "tokens": [token_row(token) for token in list_tokens(actor.username)],
        "may_see_all": is_administrator(actor),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "api_tokens.html", context)


def _issue_from_form(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    name, days = request.POST.get("name", ""), request.POST.get("days", "")
    privileged = "privileged" in request.POST
    count = digits_or_none(days, most=9999) or 0
    try:
        issued = issue_token(actor.username, name=name, days=count, actor=actor, is_privileged=privileged)
    except DomainError as error:
        return {
            "error": error.format_message(gettext),
            "form_values": {"name": name, "days": days, "privileged": privileged},
        }
    return {"issued": issued}
