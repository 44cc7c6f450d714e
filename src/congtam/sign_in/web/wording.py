"""Words for methods and rows of the pages of sign-ins (diễn giải)."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.sign_in.domain.agents import describe_agent
from congtam.sign_in.models import AccountEvent, EventKind, SignInSession

METHOD_NAMES: Final = {
    "password": _("password"),
    "passkey": _("passkey"),
    "webauthn": _("passkey"),
    "totp": _("code from the app"),
    "recovery_codes": _("recovery code"),
    "oidc": _("sign-in service"),
}
_TONES: Final = {
    EventKind.WRONG_PASSWORD: "warn",
    EventKind.WRONG_CODE: "warn",
    EventKind.THROTTLED: "bad",
    EventKind.ACCOUNT_LOCKED: "bad",
    EventKind.IDENTITY_REFUSED: "bad",
}


def method_text(method: str) -> str:
    """How somebody signed in, in words: ``password+totp`` is “password, code from the app”."""
    return ", ".join(str(METHOD_NAMES.get(part, part)) for part in method.split("+") if part)


def event_row(event: AccountEvent, *, with_account: bool = False) -> dict[str, Any]:
    """An event as the pages show it."""
    kind = EventKind(event.kind)
    return {
        "kind": str(kind.label),
        "tone": _TONES.get(kind, ""),
        "at": event.at,
        "method": method_text(event.method),
        "subject": _subject(event),
        "account": event.account if with_account else None,
        "address": event.address,
        "agent": describe_agent(event.agent),
    }


def session_row(session: SignInSession, *, this: int | None) -> dict[str, Any]:
    """A session as the pages show it."""
    return {
        "id": session.pk,
        "is_this": session.pk == this,
        "agent": describe_agent(session.agent),
        "address": session.address,
        "method": method_text(session.method),
        "signed_in_at": session.signed_in_at,
        "seen_at": session.seen_at,
    }


def _subject(event: AccountEvent) -> str:
    if event.kind == EventKind.SESSION_ENDED:
        return gettext("by {username}").format(username=event.subject)
    return event.subject
