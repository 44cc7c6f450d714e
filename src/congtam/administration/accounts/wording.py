"""Roles of accounts in words (diễn đạt vai trò)."""

from __future__ import annotations

from django.utils.translation import gettext

from congtam.foundation.public import EVERYWHERE, Role
from congtam.foundation.role_names import role_name
from congtam.org_units.public import unit_name


def role_text(role: Role, unit_code: str) -> str:
    """A role in words, with its unit."""
    unit = gettext("whole system") if unit_code == EVERYWHERE else unit_name(unit_code)
    return f"{role_name(role)}, {unit}"
