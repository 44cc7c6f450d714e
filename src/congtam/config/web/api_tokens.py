"""The tokens of one's own account (mã truy cập API)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import actor_of, issue_token, revoke_token, tokens_of
from congtam.kernel.errors import DomainError

_DAYS: Final = "365"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, make one, revoke one; a new token is shown in the answer and never again."""
    actor = actor_of(request)
    shown: dict[str, Any] = {"typed": {"name": "", "days": _DAYS}}
    if "revoke" in request.POST:
        revoke_token(actor.username, name=request.POST["revoke"], actor=actor)
        return redirect("api_tokens")
    if request.method == "POST":
        shown |= _issue(request)
    return render(request, "api_tokens.html", {**shown, "tokens": tokens_of(actor.username)})


def _issue(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    name, days = request.POST.get("name", ""), request.POST.get("days", "")
    count = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0
    try:
        return {"issued": issue_token(actor.username, name=name, days=count, actor=actor)}
    except DomainError as error:
        return {"error": error.in_words(gettext), "typed": {"name": name, "days": days}}
