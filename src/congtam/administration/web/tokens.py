"""The tokens of all accounts (mã truy cập API của mọi tài khoản)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import actor_of, real_clock
from congtam.foundation.tokens import list_all_tokens, revoke_token

_SOON: Final = timedelta(days=14)
_WHY: Final[Mapping[str, Any]] = {
    "revoked": gettext_lazy("Revoked"),
    "password_changed": gettext_lazy("No longer valid: the password was changed"),
    "account_closed": gettext_lazy("No longer valid: the account was closed"),
    "no_role_left": gettext_lazy("No longer valid: the account no longer has a role"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token that works, by account, for an administrator; any of them can be revoked."""
    actor = actor_of(request)
    listed = list_all_tokens(to=actor)
    if request.method == "POST":
        revoke_token(request.POST.get("account", ""), name=request.POST.get("revoke", ""), actor=actor)
        return redirect("administration:tokens")
    rows = [{**token_row(token), "account": token.account} for token in listed]
    return render(request, "administration/tokens.html", {"tokens": rows})


def token_row(token: Any) -> dict[str, Any]:
    """A token with how it stands: it works, it soon ends, it ended and why."""
    now = real_clock().now()
    works = token.works_at(now)
    if works and token.valid_until - now < _SOON:
        state, tone = gettext("Expires soon"), "warn"
    elif works:
        state, tone = gettext("Active"), "good"
    else:
        state, tone = _WHY.get(token.ended_because, gettext("Expired")), "neutral"
    return {"token": token, "works": works, "state": state, "tone": tone}
