"""The red flags of a unit (dấu hiệu cần kiểm tra), asked of the indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from congtam.foundation.public import Actor
from congtam.indicators import public as indicators
from congtam.inspections.domain.content import DossierLine, FlagLine
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period

LISTED_DOSSIERS: Final = 10
"""So many dossiers of each flag are listed in the pack."""


@dataclass(frozen=True, kw_only=True)
class RaisedFlag:
    """One red flag with the codes of all dossiers that carry it, and its line in the pack."""

    line: FlagLine
    dossiers: tuple[str, ...]


def find_raised_flags(unit: str, period: Period, *, actor: Actor) -> tuple[RaisedFlag, ...]:
    """Every flag in force, also those that no dossier carries."""
    results = indicators.flags(unit=unit, period=period, to=actor, limit=LISTED_DOSSIERS)
    return tuple(
        RaisedFlag(line=_line(one), dossiers=one.codes)
        for one in results
        if one.definition.valid_from <= period.last_day
    )


def _line(result: indicators.FlagResult) -> FlagLine:
    one = result.definition
    return FlagLine(
        code=one.code,
        name=one.name,
        why=one.why,
        weight=one.weight,
        count=result.count,
        rows=tuple(_dossier(row) for row in result.rows),
    )


def _dossier(row: Mapping[str, Any]) -> DossierLine:
    return DossierLine(
        code=row["code"],
        unit=row["unit_code"],
        procedure=row["procedure_name"] or "",
        received_on=_moment(row["received_at"]),
        due_on=_moment(row["due_at"]),
        finished_on=_moment(row["finished_at"]),
        state=row["state"],
    )


def _moment(instant: datetime | None) -> str:
    """The minute by the clock of Việt Nam: with flags the hour is what matters."""
    return "" if instant is None else instant.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")
