"""When and from where one's own account was used (đăng nhập của tôi), as a bank shows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congtam.foundation.public import Account, actor_of
from congtam.kernel.input.numbers import digits_or_none
from congtam.sign_in.events import own_events
from congtam.sign_in.policy import is_second_step_required
from congtam.sign_in.second_steps import has_second_step
from congtam.sign_in.sessions import end_other_sessions, end_session, sessions_of
from congtam.sign_in.slots import ACCOUNT_LINES
from congtam.sign_in.web.listening import ROW
from congtam.sign_in.web.visitors import visitor_of
from congtam.sign_in.web.wording import event_row, session_row


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Open sessions, what happened lately, and changes of the account."""
    account = _account(request)
    sessions = [session_row(each, this=request.session.get(ROW)) for each in sessions_of(account)]
    context = {
        "sessions": sessions,
        "has_others": any(not row["is_this"] for row in sessions),
        "events": [event_row(event) for event in own_events(account)],
        "lines": ACCOUNT_LINES.offers(account.username, to=actor_of(request)),
        "has_step": has_second_step(account),
        "is_required": is_second_step_required(account),
        "end_url": reverse("sign_in:end"),
    }
    return render(request, "sign_in/mine.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    account, actor, visitor = _account(request), actor_of(request), visitor_of(request)
    if "others" in request.POST:
        end_other_sessions(account, but=request.session.get(ROW), actor=actor, visitor=visitor)
        messages.success(request, gettext("All other sessions ended."))
    else:
        key = digits_or_none(request.POST.get("session", ""), most=10**18)
        end_session(key or 0, owner=account, actor=actor, visitor=visitor)
        messages.success(request, gettext("Session ended."))
    return redirect("sign_in:mine")


@never_cache
@require_safe
def stay(_request: HttpRequest) -> HttpResponse:
    """The page somebody types in says that it is in use (giữ phiên); the middleware notes it."""
    return HttpResponse(status=204)


def _account(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("the page needs somebody who signed in")
    return account
