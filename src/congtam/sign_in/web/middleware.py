"""What is asked of every request of somebody who signed in (kiểm tra phiên đăng nhập)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext

from congtam.foundation.confirmation import ConfirmationNeeded
from congtam.foundation.public import Account, Actor, actor_of
from congtam.sign_in.events import note_event, note_reading
from congtam.sign_in.models import EventKind
from congtam.sign_in.policy import idle_seconds
from congtam.sign_in.second_steps import has_second_step
from congtam.sign_in.sessions import close_session, touch_session
from congtam.sign_in.slots import PERSON_PAGES
from congtam.sign_in.web.listening import ROW, ROW_KEY, SEEN_AT, STEP_DUE, note_new_roles
from congtam.sign_in.web.visitors import visitor_of

_TOUCH_SECONDS: Final = 60
UNATTENDED: Final = "X-Unattended"
"""A header of what a page asks for by itself, such as the counts of work lists each minute: nobody need sit there."""
_SET_UP_PAGES: Final = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate_webauthn",
        "account_change_password",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "set_language",
        "sign_in:stay",
    }
)
READING_OF_MANY: Final = frozenset({"reports:slip", "api:read_slip"})
"""Papers about several dossiers, which are named in the query as ``code``."""
Respond = Callable[[HttpRequest], HttpResponseBase]


class watch_sessions:  # noqa: N801 - named like its siblings in settings.MIDDLEWARE
    """Ends a session that was not used for a time or was ended elsewhere, and notes that it is in use."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SEEN_AT in request.session and isinstance(request.user, Account):
            idle = time.time() - float(request.session[SEEN_AT])
            if idle > idle_seconds():
                return _time_out(request, request.user)
            is_use = UNATTENDED not in request.headers and idle > _TOUCH_SECONDS
            if (is_use or _has_new_key(request)) and not _touch(request):
                request.session.pop(ROW, None)
                logout(request)
                return redirect_to_login(request.get_full_path())
        return self.respond(request)


class second_step_first:  # noqa: N801 - as above
    """Whoever needs a second step and has none is led to set one up before anything else, also by a role just given."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """The page of second steps in place of every other one but those needed to get there or away."""
        match = request.resolver_match
        user = request.user
        if not isinstance(user, Account):
            return None
        if ROW in request.session:
            note_new_roles(request, actor_of(request), user)
        if not request.session.get(STEP_DUE):
            return None
        if has_second_step(user):
            del request.session[STEP_DUE]
            return None
        if match is not None and match.view_name in _SET_UP_PAGES:
            return None
        messages.warning(
            request, gettext("Your role requires a second step at sign-in. Set one up to continue.")
        )
        return redirect("mfa_index")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """In place of what must be confirmed: the page of confirmation, after which the request is carried out."""
        if not isinstance(exception, ConfirmationNeeded):
            return None
        response: HttpResponse = suspend_request(request, reverse("account_reauthenticate"))
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
        return response


class note_who_reads_persons:  # noqa: N801 - as above
    """Records who opened the page of which dossier with its persons, or read it by the API, once an hour."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        match = request.resolver_match
        if match is None or response.status_code != 200 or request.method != "GET":
            return response
        subjects = _subjects_of(request, match)
        reader = _reader_of(request) if subjects else None
        if reader is not None:
            for subject in subjects:
                note_reading(reader, subject, visitor=visitor_of(request))
        return response


def _subjects_of(request: HttpRequest, match: ResolverMatch) -> list[str]:
    """The dossiers, filings or supplements of which a page or route shows the person."""
    if match.view_name in READING_OF_MANY:
        return list(dict.fromkeys(request.GET.getlist("code")))
    argument = PERSON_PAGES.get(match.view_name)
    return [str(match.kwargs[argument])] if argument else []


def _reader_of(request: HttpRequest) -> Account | None:
    """The account of a session, or of the token that a program acts with."""
    if isinstance(request.user, Account):
        return request.user if SEEN_AT in request.session else None
    actor = getattr(request, "congtam_actor", None)
    return Account.objects.filter(username=actor.username).first() if isinstance(actor, Actor) else None


def _has_new_key(request: HttpRequest) -> bool:
    return ROW in request.session and request.session.get(ROW_KEY) != request.session.session_key


def _touch(request: HttpRequest) -> bool:
    """Note that the session is in use; False when it was ended elsewhere."""
    request.session[SEEN_AT] = time.time()
    if ROW not in request.session:
        return True
    key = str(request.session.session_key)
    request.session[ROW_KEY] = key
    return touch_session(request.session[ROW], session_key=key)


def _time_out(request: HttpRequest, account: Account) -> HttpResponseBase:
    note_event(EventKind.TIMED_OUT, account, visitor=visitor_of(request))
    if ROW in request.session:
        close_session(request.session.pop(ROW))
    logout(request)
    messages.info(request, gettext("You were signed out because nothing happened for a while."))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
