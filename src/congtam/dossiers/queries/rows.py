"""Rows of a list as plain values (dòng của danh sách), for whoever reads them: page, API, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models.expressions import Combinable

from congtam.dossiers.models import DossierQuerySet
from congtam.dossiers.permissions import MAY_SEE_PERSONS
from congtam.dossiers.row_fields import COLLEAGUES, FIELDS, Kind, RowField, in_sight
from congtam.foundation.public import Actor, names_of
from congtam.kernel.clock import LOCAL
from congtam.org_units.public import register, visible_units


def row_dicts(found: DossierQuerySet, *, to: Actor, now: datetime) -> list[dict[str, Any]]:
    """The rows of an ordered list by field name; who applies is None where the reader may not see the person.

    ``found`` must come from ``visible_to``. One statement; instants are aware, choices are their codes. What a
    colleague is called stands beside the account (``holder_name`` beside ``holder``).
    """
    rows = list(_rows(found, to=to, now=now))
    people = names_of(row[name] for row in rows for name in COLLEAGUES)
    return [row | {f"{name}_name": people.get(row[name], "") for name in COLLEAGUES} for row in rows]


def _rows(
    found: DossierQuerySet, *, to: Actor, now: datetime, fields: Sequence[RowField] = FIELDS
) -> Iterator[dict[str, Any]]:
    persons, sight, units = visible_units(to, *MAY_SEE_PERSONS), visible_units(to), register()
    names = [field.name for field in fields]
    personal = [place for place, field in enumerate(fields) if field.is_personal]
    linked = [place for place, field in enumerate(fields) if field.kind is Kind.LINKED]
    called = [place for place, field in enumerate(fields) if field.kind is Kind.UNIT_NAME]
    sources: list[str | Combinable] = [*(field.source(now) for field in fields), "unit_code", "received_at"]
    for values in found.values_list(*sources):
        row = list(values)
        received_at, unit_code = row.pop(), row.pop()
        if unit_code not in persons:
            for place in personal:
                row[place] = None
        for place in linked:
            row[place] = in_sight(row[place], sight)
        for place in called:
            unit = units.nearest_version(unit_code, received_at.astimezone(LOCAL).date())
            row[place] = unit.name if unit else unit_code
        yield dict(zip(names, row, strict=True))
