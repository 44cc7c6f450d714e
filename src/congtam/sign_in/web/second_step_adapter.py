"""allauth's second steps in our words, with their secrets encrypted (bước xác thực thứ hai)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.foundation.installation_secret import decrypt, encrypt

_PURPOSE: Final = "sign_in.second_steps"


class HouseSecondSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """Who the codes are from, how secrets are stored, and what is said when a code is wrong."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This second step cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first, then recovery codes."),
        "secret_unreadable": _(
            "The second step can no longer be read. Ask the administrator of your office to reset it."
        ),
        "incorrect_code": _("The code is not correct. Wait for the next one, then enter it."),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives no codes."""
        return encrypt(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after the secret key of the installation was lost, words instead of a fault."""
        text = decrypt(encrypted_text, purpose=_PURPOSE)
        if text is None:
            raise self.validation_error("secret_unreadable")
        return text

    def get_totp_issuer(self) -> str:
        return "Công Tâm"

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def _get_site_name(self) -> str:
        return "Công Tâm"

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """Passkey 1, Passkey 2 …"""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey {number}").format(number=count + 1)
