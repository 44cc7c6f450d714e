"""Reading imports, always through the actor (các lượt nhập)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from congtam.dossiers.public import storable_units
from congtam.dossiers.storing.public import StoredLine, stored_lines
from congtam.foundation.files import stored_path
from congtam.foundation.public import Actor
from congtam.imports.models import Import, ImportPhase, ImportState
from congtam.kernel.errors import NotFound
from congtam.org_units.public import visible_units

LATEST = 30


def imports_visible_to(actor: Actor) -> QuerySet[Import]:
    """The imports for units an actor may see."""
    units = visible_units(actor)
    return Import.objects.all() if units.everything else Import.objects.filter(unit_code__in=units.codes)


def get_visible_import(key: str, *, to: Actor) -> Import:
    """The import, or NotFound: an actor never learns of one it may not see."""
    visible = imports_visible_to(to).filter(key=key).first()
    if visible is None:
        raise NotFound(kind="import", key=key)
    return visible


def latest_imports(*, to: Actor) -> list[Import]:
    """The latest imports an actor may see."""
    return list(imports_visible_to(to).order_by("-created_at", "-pk")[:LATEST])


def find_import_being_stored(started: Import) -> Import | None:
    """The import that is being stored while this one waits for its turn."""
    if started.phase != ImportPhase.WAITING or started.state != ImportState.RUNNING:
        return None
    running = Import.objects.filter(state=ImportState.RUNNING, phase=ImportPhase.STORING)
    return running.exclude(pk=started.pk).order_by("-created_at").first()


def imports_waiting_behind(started: Import) -> list[Import]:
    """The imports that wait while this one is being stored, the one that came first at the head."""
    if started.phase != ImportPhase.STORING or started.state != ImportState.RUNNING:
        return []
    waiting = Import.objects.filter(state=ImportState.RUNNING, phase=ImportPhase.WAITING)
    return list(waiting.order_by("created_at"))


def absent_dossiers(started: Import, *, to: Actor) -> Iterator[StoredLine]:
    """The dossiers that earlier imports stored and this one lacks: those still stored that the actor may see."""
    if not started.absent_digest:
        return
    codes = stored_path(started.absent_digest).read_text(encoding="utf-8").rstrip("\n").split("\n")
    yield from stored_lines(codes, to=to)


def may_handle(started: Import, actor: Actor) -> bool:
    """Whether the actor may confirm the import and read the rows it refused."""
    return started.unit_code in storable_units(actor)
