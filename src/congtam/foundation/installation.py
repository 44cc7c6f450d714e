"""Facts about the installation as a whole."""

from __future__ import annotations

from typing import Any

from congtam.foundation.models import InstallationNote


def installation_notes() -> dict[str, Any]:
    """All notes by key, such as `synthetic`."""
    return dict(InstallationNote.objects.values_list("key", "value"))


def set_installation(**notes: Any) -> None:
    """Write notes; an existing one is replaced."""
    for key, value in notes.items():
        InstallationNote.objects.update_or_create(key=key, defaults={"value": value})
