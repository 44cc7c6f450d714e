"""What is kept about signing in (nhật ký đăng nhập), for the person and for administrators.

These rows hold addresses and devices, which are personal: they live here for a year and never in the ledger, which
nothing can be taken out of.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What happened (sự kiện)."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    WRONG_PASSWORD = "wrong_password", _("Wrong password")
    WRONG_CODE = "wrong_code", _("Wrong code")
    THROTTLED = "throttled", _("Made to wait after wrong passwords")
    ACCOUNT_LOCKED = "account_locked", _("Refused: the account is locked")
    IDENTITY_REFUSED = "identity_refused", _("Refused: no account for this identity")
    IDENTITY_LINKED = "identity_linked", _("Linked to an account of the sign-in service")
    CONFIRMED = "confirmed", _("Confirmed again")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    FACTOR_ADDED = "factor_added", _("Second step added")
    FACTOR_REMOVED = "factor_removed", _("Second step removed")
    CODES_RENEWED = "codes_renewed", _("Recovery codes renewed")
    SESSION_ENDED = "session_ended", _("Session ended")
    TIMED_OUT = "timed_out", _("Signed out after a time without use")
    PERSONS_READ = "persons_read", _("Personal data read")


class AccountEvent(models.Model):
    """One thing that happened with an account (sự kiện của tài khoản)."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    """Empty for a user name that no account has: what was typed there is not kept, it may be a password."""
    method = models.CharField(max_length=60, blank=True)
    """How, such as ``password+totp``; the codes of `METHOD_NAMES`."""
    subject = models.CharField(max_length=100, blank=True)
    """What was read, such as the code of a dossier; who ended a session."""
    address = models.CharField(max_length=50, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="account_event_kind_valid")
        ]
        indexes = [
            models.Index(fields=["account", "-at"], name="account_event_of_account"),
            models.Index(fields=["-at"], name="account_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class SignInSession(models.Model):
    """A session that is open (phiên đăng nhập): where it was opened and when it was last used."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    method = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=50, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_at"], name="sign_in_session_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.seen_at:%Y-%m-%d %H:%M}"
