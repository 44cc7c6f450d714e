"""What a new password ends besides the old one (đổi mật khẩu)."""

from __future__ import annotations

from congtam.foundation.domain.roles import system
from congtam.foundation.models import Account, TokenEnd
from congtam.foundation.tokens import end_tokens


class EndsTokens:
    """Ends the tokens of an account with its old password, whoever may have made them while it was known.

    Django calls its password validators for every password that is set and saved, on the page and at the console,
    but not when a password is merely rehashed at sign-in.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Any password will do; the others judge it."""

    def get_help_text(self) -> str:
        """Nothing that helps to choose one."""
        return ""

    def password_changed(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """End the tokens."""
        if isinstance(user, Account):
            end_tokens(user.username, because=TokenEnd.PASSWORD_CHANGED, actor=system("tokens"))
