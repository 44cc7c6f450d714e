"""Facts about the installation as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from congtam.foundation.models import InstallationNote


@dataclass
class _Remembered:
    """What was read within `cache_notes`; nothing before the first reading and after a change."""

    notes: dict[str, Any] | None = None
    outer: _Remembered | None = None
    """What is remembered around it: a change is one there too."""


_remembered: ContextVar[_Remembered | None] = ContextVar("installation_notes", default=None)


def installation_notes() -> dict[str, Any]:
    """All notes by key, such as `synthetic`; read once within `cache_notes`."""
    remembered = _remembered.get()
    if remembered is None:
        return _read_notes()
    if remembered.notes is None:
        remembered.notes = _read_notes()
    return dict(remembered.notes)


def set_installation_notes(**notes: Any) -> None:
    """Write notes; an existing one is replaced."""
    for key, value in notes.items():
        InstallationNote.objects.update_or_create(key=key, defaults={"value": value})
    forget_notes()


def forget_notes() -> None:
    """Within `cache_notes`, read the notes again: they were written, or writing them was rolled back."""
    remembered = _remembered.get()
    while remembered is not None:
        remembered.notes = None
        remembered = remembered.outer


@contextmanager
def cache_notes() -> Iterator[None]:
    """Read the notes at most once inside: one page asks for them dozens of times and wants one answer."""
    token = _remembered.set(_Remembered(outer=_remembered.get()))
    try:
        yield
    finally:
        _remembered.reset(token)


def _read_notes() -> dict[str, Any]:
    return dict(InstallationNote.objects.values_list("key", "value"))
