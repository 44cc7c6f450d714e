"""What every template may ask of the installation and of who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from congtam.foundation.accounts import actor_of
from congtam.foundation.installation import installation_notes
from congtam.foundation.time import clock, has_own_clock
from congtam.kernel.clock import today


def installation(request: HttpRequest) -> dict[str, Any]:
    """`installation` (its notes), `demonstration_day` (where a demonstration has its own) and `actor` (who asks)."""
    return {
        "installation": installation_notes(),
        "demonstration_day": today(clock()) if has_own_clock() else None,
        "actor": actor_of(request) if hasattr(request, "user") else None,
    }
