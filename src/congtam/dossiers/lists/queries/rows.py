"""Rows of a list as plain values (dòng của danh sách), for whoever reads them: page, API, export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from congtam.dossiers.lists.queries.keyset import KeyedStatement
from congtam.dossiers.lists.row_fields import COLLEAGUES, FIELDS, RowFieldKind, visible_code
from congtam.dossiers.record.permissions import MAY_SEE_PERSONS
from congtam.foundation.public import Actor, display_names
from congtam.kernel.clock import local_day
from congtam.kernel.precision import has_time
from congtam.org_units.public import register, visible_units

_NAMES: Final = tuple(field.name for field in FIELDS)
_PERSONAL: Final = tuple(position for position, field in enumerate(FIELDS) if field.is_personal)
_LINKED: Final = tuple(position for position, field in enumerate(FIELDS) if field.kind is RowFieldKind.LINKED)
_UNIT_NAMES: Final = tuple(
    position for position, field in enumerate(FIELDS) if field.kind is RowFieldKind.UNIT_NAME
)


_MAY_BE_DAYS: Final = {
    "received_at": False,
    "due_at": True,
    "started_at": False,
    "finished_at": False,
    "returned_at": False,
}
"""The instants that a source may give as a day; true for a limit, which lasts to the end of its day."""

_FIELDS: Final = KeyedStatement(
    lambda now: [*(field.source(now) for field in FIELDS), "unit_code", "received_at", "time_zone"]
)


def row_dicts(keys: Sequence[int], *, to: Actor, now: datetime) -> list[dict[str, Any]]:
    """The rows with these keys by field name, in their order; who applies is None for who may not see the person.

    ``keys`` must come from ``visible_to``. One statement; instants are aware, choices are their codes. What a
    colleague is called stands beside the account (``holder_name`` beside ``holder``).
    """
    rows = list(_read_rows(keys, to=to, now=now))
    people = display_names(row[name] for row in rows for name in COLLEAGUES)
    return [row | {f"{name}_name": people.get(row[name], "") for name in COLLEAGUES} for row in rows]


def _read_rows(keys: Sequence[int], *, to: Actor, now: datetime) -> Iterator[dict[str, Any]]:
    persons, visible, units = visible_units(to, *MAY_SEE_PERSONS), visible_units(to), register()
    for values in _FIELDS.read(keys, now=now):
        row = list(values)
        time_zone, received_at, unit_code = row.pop(), row.pop(), row.pop()
        if unit_code not in persons:
            for place in _PERSONAL:
                row[place] = None
        for place in _LINKED:
            row[place] = visible_code(row[place], visible)
        for place in _UNIT_NAMES:
            row[place] = units.name_on(unit_code, local_day(received_at))
        named = dict(zip(_NAMES, row, strict=True))
        yield named | {"day_only": date_only_instant_names(named, time_zone)}


def date_only_instant_names(instants: Mapping[str, Any], time_zone: str) -> list[str]:
    """The names of the instants of which only the day is known."""
    return [
        name
        for name, is_limit in _MAY_BE_DAYS.items()
        if (at := instants.get(name)) and not has_time(at, time_zone, is_limit=is_limit)
    ]
