"""Whether whoever acts has just shown who they are (xác nhận lại danh tính): asked before what cannot be taken back.

Rights, refunds, signatures, publication and erasure ask it; a screen that was left unlocked does not answer.
"""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest

from congtam.foundation.domain.roles import Actor, Confirmation
from congtam.kernel.errors import NotAllowed, msgid

CONFIRMED_AT: Final = "congtam_confirmed_at"
"""In a session: when the person last signed in or confirmed, in seconds since 1970."""
CONFIRMED_SECONDS: Final = 600


class ConfirmationNeeded(Exception):
    """The person must confirm by password or passkey first.

    No DomainError: it is no refusal a page shows beside its fields. The page of confirmation comes in its place, and
    the request is carried out after it.
    """


class TokenNotPrivileged(NotAllowed):
    """A program tries by an ordinary token what needs a privileged one."""

    code = "token_not_privileged"
    message = msgid(
        "This token may not give rights, refund, sign, publish or erase. "
        "Create a token with that permission, or do it on the page."
    )


def require_confirmation(actor: Actor) -> None:
    """Raise ConfirmationNeeded for a person who did not confirm lately, TokenNotPrivileged for an ordinary token."""
    if actor.confirmation is Confirmation.TOKEN:
        raise TokenNotPrivileged(right="token.privileged")
    if actor.confirmation is Confirmation.STALE:
        raise ConfirmationNeeded


def confirmation_of(request: HttpRequest) -> Confirmation:
    """Whether the person of a session signed in or confirmed within the last ten minutes."""
    session = getattr(request, "session", None)
    confirmed_at = float(session.get(CONFIRMED_AT, 0)) if session is not None else 0.0
    return Confirmation.FRESH if time.time() - confirmed_at < CONFIRMED_SECONDS else Confirmation.STALE


def note_confirmation(request: HttpRequest) -> None:
    """Note that the person has just signed in or confirmed (ghi nhận xác nhận)."""
    request.session[CONFIRMED_AT] = time.time()
    if hasattr(request, "congtam_actor"):
        del request.congtam_actor
