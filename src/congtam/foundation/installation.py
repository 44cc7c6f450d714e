"""Facts about the installation as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from congtam.foundation.models import InstallationNote

_remembered: ContextVar[dict[str, Any] | None] = ContextVar("installation_notes", default=None)


def installation_notes() -> dict[str, Any]:
    """All notes by key, such as `synthetic`; read once within `cache_notes`."""
    remembered = _remembered.get()
    if remembered is None:
        return _read_notes()
    if not remembered:
        remembered.update(_read_notes())
    return dict(remembered)


def set_installation_notes(**notes: Any) -> None:
    """Write notes; an existing one is replaced."""
    for key, value in notes.items():
        InstallationNote.objects.update_or_create(key=key, defaults={"value": value})
    if (remembered := _remembered.get()) is not None:
        remembered.clear()


@contextmanager
def cache_notes() -> Iterator[None]:
    """Read the notes at most once inside: one page asks for them dozens of times and wants one answer."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _read_notes() -> dict[str, Any]:
    return dict(InstallationNote.objects.values_list("key", "value"))
