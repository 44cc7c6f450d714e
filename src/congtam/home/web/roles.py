"""What the home page offers to whom (việc theo vai trò)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import Role

MAY_PREPARE: Final = (Role.INSPECTOR, Role.REFORM_OFFICER, Role.LEADER, Role.ADMINISTRATOR)
"""Who is offered the preparation of an inspection; the action itself asks again, unit by unit."""
