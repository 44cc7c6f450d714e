"""Undoing an import as a whole (hoàn tác lượt nhập): what it added goes, what it changed becomes as before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import connection, transaction

from congtam.dossiers.models import Dossier
from congtam.dossiers.models.replaced import ReplacedDossier
from congtam.dossiers.record import permissions
from congtam.dossiers.storing.replaced import restore_replaced
from congtam.dossiers.storing.store import TOPIC
from congtam.dossiers.storing.turns import wait_for_store_lock
from congtam.foundation.public import Actor, publish, record
from congtam.kernel.errors import DomainError, msgid

_Item = TypeVar("_Item")
_AT_ONCE: Final = 10_000
_PARTS: Final = ("dossiers_step", "dossiers_suspension", "dossiers_party")


@dataclass(frozen=True, kw_only=True)
class UndoCounts:
    """What undoing an import did (kết quả hoàn tác)."""

    removed: int
    restored: int


class UndoRefused(DomainError):
    """An import cannot be undone."""


class ImportSuperseded(UndoRefused):
    """Later imports changed dossiers of the one to be undone."""

    code = "dossiers.import_superseded"
    message = msgid("Later imports changed {count} of its dossiers; undo these first: {later}")


class ImportHandled(UndoRefused):
    """Dossiers of the import have been handled here since."""

    code = "dossiers.import_handled"
    message = msgid(
        "{count} of its dossiers have been handled here since, such as {example}; they cannot be removed."
    )


@transaction.atomic
def undo_store(import_key: str, *, unit_code: str, actor: Actor) -> UndoCounts:
    """Take back what ``store_dossiers`` stored under a key, all of it or nothing.

    Figures counted before stay readable, for the warehouse holds the rows they were counted from; figures counted
    from now on are without these rows. Raises NotAllowed, ImportSuperseded, ImportHandled.
    """
    permissions.require_may_store(actor, unit_code)
    with connection.cursor() as cursor:
        wait_for_store_lock(cursor, None)
        _refuse_superseded(import_key)
        restored = restore_replaced(cursor, import_key)
        added = list(Dossier.objects.filter(import_key=import_key).values_list("pk", "code"))
        _refuse_handled([key for key, _code in added])
        for chunk in _split_chunks([key for key, _code in added]):
            _delete_dossiers(cursor, chunk)
    counts = UndoCounts(removed=len(added), restored=len(restored))
    for index, codes in enumerate(_split_chunks([*restored, *(code for _key, code in added)])):
        publish(TOPIC, f"{import_key}/undone/{index}", {"codes": codes})
    data = {"removed": counts.removed, "restored": counts.restored}
    record(actor, "dossiers.store_undone", kind="dossiers", key=import_key, unit_code=unit_code, data=data)
    return counts


def _refuse_superseded(import_key: str) -> None:
    later = ReplacedDossier.objects.filter(content__import_key=import_key).exclude(import_key=import_key)
    keys = sorted(set(later.values_list("import_key", flat=True)))
    if keys:
        raise ImportSuperseded(count=later.count(), later=", ".join(keys[:10]))


def _refuse_handled(ids: Sequence[int]) -> None:
    for chunk in _split_chunks(ids):
        handled = Dossier.objects.filter(pk__in=chunk, desk__isnull=False).values_list("code", flat=True)
        if handled:
            raise ImportHandled(count=len(handled), example=handled[0])


def _delete_dossiers(cursor: Any, ids: Sequence[int]) -> None:
    for table in _PARTS:
        cursor.execute(f"DELETE FROM {table} WHERE dossier_id = ANY(%s)", [list(ids)])  # noqa: S608 - our own names
    cursor.execute(
        "DELETE FROM foundation_personkey WHERE key IS NOT NULL AND ref IN"
        " (SELECT 'dossier/' || code FROM dossiers_dossier WHERE id = ANY(%s))",
        [list(ids)],
    )
    cursor.execute("DELETE FROM dossiers_dossier WHERE id = ANY(%s)", [list(ids)])


def _split_chunks(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    for start in range(0, len(items), _AT_ONCE):
        yield list(items[start : start + _AT_ONCE])
