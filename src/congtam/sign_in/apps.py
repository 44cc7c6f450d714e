"""Signing in (đăng nhập)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    """Second steps, sessions, and what is recorded of both."""

    name = "congtam.sign_in"
    label = "sign_in"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        """Listen to what allauth announces, declare the nightly sweep and what is sealed; nothing else at start."""
        from allauth.mfa.models import Authenticator
        from allauth.socialaccount.models import SocialAccount, SocialApp

        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.sign_in import jobs  # noqa: F401 - declares the sweep
        from congtam.sign_in.web import listening

        listening.connect()
        declare_sealed(
            SealedModel(
                model=Authenticator,
                leaves_out=frozenset({"last_used_at"}),
                describe=lambda row: f"{row.type} of {row.user.username}",
            )
        )
        declare_sealed(
            SealedModel(
                model=SocialAccount,
                leaves_out=frozenset({"last_login", "extra_data"}),
                describe=lambda row: f"{row.user.username}: {row.provider}",
            )
        )
        declare_sealed(SealedModel(model=SocialApp, describe=lambda row: row.name))
