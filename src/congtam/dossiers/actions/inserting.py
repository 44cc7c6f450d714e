"""Writing a received dossier with all its parts in one statement (ghi hồ sơ mới tiếp nhận).

The counter of the day's numbers is locked from the number to the commit, and everybody who receives waits for it:
between the two there is one statement instead of six.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model

from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Paper, Party, Step

_PARTS: Final = (Step, DeskRecord, ClockLine, Party, Paper)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is written beside the dossier; none of it has a key yet."""

    steps: Sequence[Step]
    desk: DeskRecord
    line: ClockLine
    party: Party
    papers: Sequence[Paper] = ()

    def as_json(self) -> list[str]:
        """Each table's rows as the statement takes them; done before the counter is locked."""
        rows: tuple[Sequence[Model], ...] = (self.steps, [self.desk], [self.line], [self.party], self.papers)
        return [_json([_values(row) for row in table]) for table in rows]


def insert_dossier(dossier: Dossier, parts: list[str]) -> None:
    """Write a dossier and its parts (from ``Parts.as_json``); it gets its key."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [_json([_values(dossier)]), *parts])
        dossier.pk = cursor.fetchone()[0]
    dossier._state.adding = False  # noqa: SLF001 - what Django itself sets after an insert
    dossier._state.db = connection.alias  # noqa: SLF001


@cache
def _columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """The columns that are written: all but the key and the dossier's key."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's name for it
    return tuple(field for field in fields if field.column not in {"id", "dossier_id"})


def _values(row: Model) -> dict[str, Any]:
    return {field.column: field.value_from_object(row) for field in _columns(type(row))}


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=_text, ensure_ascii=False)


def _text(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


@cache
def _statement() -> str:
    """One insert that hands the new key to the others; names come from the models, never from a person."""
    names = _names(Dossier)
    parts = ", ".join(_part(model) for model in _PARTS)
    return (
        f"WITH d AS (INSERT INTO dossiers_dossier ({names})"  # noqa: S608
        f" SELECT {names} FROM json_populate_recordset(NULL::dossiers_dossier, %s) RETURNING id),"
        f" {parts} SELECT id FROM d"
    )


def _part(model: type[Model]) -> str:
    table, names = model._meta.db_table, _names(model)  # noqa: SLF001 - Django's name for it
    taken = ", ".join(f'r."{field.column}"' for field in _columns(model))
    return (
        f"part_{table} AS (INSERT INTO {table} (dossier_id, {names}) SELECT d.id, {taken}"  # noqa: S608
        f" FROM d, json_populate_recordset(NULL::{table}, %s) r)"
    )


def _names(model: type[Model]) -> str:
    return ", ".join(f'"{field.column}"' for field in _columns(model))
