"""What every template may ask of the installation and of who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from congtam.foundation.accounts import actor_of
from congtam.foundation.installation import installation_notes


def installation(request: HttpRequest) -> dict[str, Any]:
    """`installation` (its notes) and `actor` (who asks)."""
    return {
        "installation": installation_notes(),
        "actor": actor_of(request) if hasattr(request, "user") else None,
    }
