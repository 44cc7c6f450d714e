"""Roles in words (tên vai trò)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.foundation.domain.roles import Role

ROLES: Final[Mapping[Role, Promise | str]] = {
    Role.CLERK: _("One-stop clerk"),
    Role.OFFICER: _("Handling officer"),
    Role.UNIT_HEAD: _("Head of unit"),
    Role.REFORM_OFFICER: _("Reform officer"),
    Role.INSPECTOR: _("Inspector"),
    Role.APPRAISER: _("Appraiser"),
    Role.LEADER: _("Leader"),
    Role.ADMINISTRATOR: _("System administrator"),
    Role.OBSERVER: _("Observer"),
}


def role_name(role: Role) -> str:
    """The role as people call it."""
    return str(ROLES[role])
