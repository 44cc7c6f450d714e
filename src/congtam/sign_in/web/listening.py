"""What allauth and Django announce, recorded (ghi nhận sự kiện đăng nhập)."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.signals import authentication_step_completed, password_changed, user_logged_in
from allauth.mfa import signals as steps
from django.contrib.auth.signals import user_logged_in as session_began
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from congtam.foundation.confirmation import note_confirmation
from congtam.foundation.public import Account, Actor
from congtam.sign_in.events import note_event
from congtam.sign_in.exposure import note_exposure
from congtam.sign_in.models import EventKind
from congtam.sign_in.policy import is_second_step_required, roles_requiring_second_step
from congtam.sign_in.second_steps import has_second_step
from congtam.sign_in.sessions import close_session, forget_sessions, open_session
from congtam.sign_in.web.visitors import visitor_of

SEEN_AT: Final = "congtam_seen_at"
"""In a session: when it was last used, in seconds since 1970."""
ROW: Final = "congtam_session_row"
ROW_KEY: Final = "congtam_session_key"
STEP_DUE: Final = "congtam_second_step_due"
"""In a session: nothing opens before the person has set up a second step."""
STEP_ROLES: Final = "congtam_second_step_roles"
"""In a session: the roles that required a second step when that was last looked at."""
_METHODS: Final = "account_authentication_methods"
"""Where allauth keeps what was shown in this session."""


def connect() -> None:
    """Listen; called once when the program starts."""
    session_began.connect(_session_began, dispatch_uid="sign_in.session_began")
    user_logged_in.connect(_signed_in, dispatch_uid="sign_in.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="sign_in.signed_out")
    authentication_step_completed.connect(_step_completed, dispatch_uid="sign_in.step")
    password_changed.connect(_password_changed, dispatch_uid="sign_in.password")
    steps.authenticator_added.connect(_step_added, dispatch_uid="sign_in.added")
    steps.authenticator_removed.connect(_step_removed, dispatch_uid="sign_in.removed")
    steps.authenticator_reset.connect(_codes_renewed, dispatch_uid="sign_in.renewed")
    steps.authentication_failed.connect(_wrong_code, dispatch_uid="sign_in.wrong_code")


def mark_step_due(request: HttpRequest, account: Account) -> None:
    """Say in the session whether a second step must be set up before anything else."""
    if is_second_step_required(account) and not has_second_step(account):
        request.session[STEP_DUE] = True
    else:
        request.session.pop(STEP_DUE, None)


def note_new_roles(request: HttpRequest, actor: Actor, account: Account) -> None:
    """Look again whether a second step is due, once the roles that require one are others than at the last look."""
    roles = ",".join(roles_requiring_second_step(actor))
    if roles != request.session.get(STEP_ROLES, ""):
        request.session[STEP_ROLES] = roles
        mark_step_due(request, account)


def _session_began(request: HttpRequest, **_more: Any) -> None:
    """Whoever has just signed in has confirmed who they are."""
    if getattr(request, "session", None) is not None:
        note_confirmation(request)
        request.session[SEEN_AT] = time.time()


def _signed_in(request: HttpRequest, user: Account, **_more: Any) -> None:
    visitor, method = visitor_of(request), _method(request)
    note_event(EventKind.SIGNED_IN, user, visitor=visitor, method=method)
    key = str(request.session.session_key)
    row = open_session(user, session_key=key, method=method, visitor=visitor)
    request.session[ROW], request.session[ROW_KEY] = row.pk, key
    mark_step_due(request, user)
    note_exposure(request)


def _signed_out(request: HttpRequest, user: Any, **_more: Any) -> None:
    session = getattr(request, "session", None)
    if not isinstance(user, Account) or session is None or ROW not in session:
        return
    close_session(session[ROW])
    note_event(EventKind.SIGNED_OUT, user, visitor=visitor_of(request))


def _step_completed(
    request: HttpRequest, user: Any, method: str, *, reauthenticated: bool = False, **more: Any
) -> None:
    is_enough = method == "password" or more.get("type") == "webauthn"
    if reauthenticated and is_enough and isinstance(user, Account):
        note_confirmation(request)
        how = method if method == "password" else "passkey"
        note_event(EventKind.CONFIRMED, user, visitor=visitor_of(request), method=how)


def _password_changed(request: HttpRequest, user: Account, **_more: Any) -> None:
    note_event(EventKind.PASSWORD_CHANGED, user, visitor=visitor_of(request))
    forget_sessions(user, but=request.session.get(ROW))


def _step_added(request: HttpRequest, user: Account, authenticator: Any, **_more: Any) -> None:
    if authenticator.type != "recovery_codes":
        note_event(EventKind.FACTOR_ADDED, user, visitor=visitor_of(request), method=authenticator.type)
        mark_step_due(request, user)


def _step_removed(request: HttpRequest, user: Account, authenticator: Any, **_more: Any) -> None:
    note_event(EventKind.FACTOR_REMOVED, user, visitor=visitor_of(request), method=authenticator.type)
    mark_step_due(request, user)


def _codes_renewed(request: HttpRequest, user: Account, **_more: Any) -> None:
    note_event(EventKind.CODES_RENEWED, user, visitor=visitor_of(request))


def _wrong_code(request: HttpRequest, user: Account, authenticator: Any, **_more: Any) -> None:
    note_event(EventKind.WRONG_CODE, user, visitor=visitor_of(request), method=authenticator.type)


def _method(request: HttpRequest) -> str:
    """Everything that was shown, such as ``password+totp``."""
    shown = []
    for entry in request.session.get(_METHODS, []):
        name = {"mfa": entry.get("type"), "socialaccount": "oidc"}.get(entry["method"], entry["method"])
        shown.append(str(name))
    return "+".join(dict.fromkeys(shown))
