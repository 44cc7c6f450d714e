"""The second step of an account (bước xác thực thứ hai): app codes, passkeys, recovery codes."""

from __future__ import annotations

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from congtam.foundation.public import Account

_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(account: Account) -> bool:
    """Whether the account has an app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=_STEPS).exists())


def remove_second_steps(account: Account) -> int:
    """Remove all of them, and the link to a sign-in service, in the caller's transaction; how many there were.

    Rights and ledger are the caller's.
    """
    removed, _kinds = Authenticator.objects.filter(user_id=account.pk).delete()
    unlinked, _kinds = SocialAccount.objects.filter(user_id=account.pk).delete()
    return int(removed) + int(unlinked)
