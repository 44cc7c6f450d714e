from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from congtam.foundation.domain.roles import Role


class Account(AbstractUser):
    """A person who signs in (tài khoản)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    """How often it was changed: two administrators do not overwrite each other."""
    session_epoch = models.PositiveIntegerField(default=0)
    """Sessions of an earlier epoch are over; one more ends all of them at once."""
    has_temporary_password = models.BooleanField(default=False)
    """Somebody else chose the password: the person must choose another before doing anything else."""

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must hold to be valid (Django's hook): it follows the password and the epoch."""
        sealed = f"{self.password}#{self.session_epoch}" if self.session_epoch else self.password
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, sealed, secret=secret, algorithm="sha256").hexdigest()


class RoleGrant(models.Model):
    """A role for an account over a unit in a period (phân vai)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    unit_code = models.CharField(max_length=35)
    valid = DateRangeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_grant_valid_not_empty", condition=~models.Q(valid__isempty=True)
            ),
            models.CheckConstraint(
                name="role_grant_role_valid", condition=models.Q(role__in=[role.value for role in Role])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.unit_code}"
