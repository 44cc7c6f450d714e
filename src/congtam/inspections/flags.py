"""The red flags of a unit (dấu hiệu cần kiểm tra), asked of the indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from congtam.foundation.public import Actor
from congtam.indicators import public as indicators
from congtam.inspections.domain.content import DossierLine, FlagLine
from congtam.inspections.domain.reading import moment_text
from congtam.inspections.measures import pack_figure
from congtam.kernel.periods import Period

LISTED_DOSSIERS: Final = 10
"""So many dossiers of each flag are shown in the pack itself; the others are on the flag's page and in its file."""
FIRST_EDITION: Final = 1
"""The versions of the flags by which the first method of drawing weighted its dossiers."""


@dataclass(frozen=True, kw_only=True)
class RaisedFlag:
    """One red flag with the codes of all dossiers it names, its line in the pack, and the figure behind the line."""

    line: FlagLine
    dossiers: tuple[str, ...]
    figure: indicators.Figure


def find_raised_flags(
    unit: str, period: Period, *, actor: Actor, peers: Sequence[str] = (), edition: int | None = None
) -> tuple[RaisedFlag, ...]:
    """Every flag in force, also those that no dossier carries; an ``edition`` asks for what packs held before."""
    results = indicators.flag_results(
        unit=unit, period=period, to=actor, limit=LISTED_DOSSIERS, peers=peers, edition=edition
    )
    line = _first_method_flag_line if edition == FIRST_EDITION else _flag_line
    return tuple(
        RaisedFlag(line=line(one), dossiers=one.codes, figure=one.figure)
        for one in results
        if one.definition.valid_from <= period.last_day
    )


def store_receipts(raised: Sequence[RaisedFlag], *, actor: Actor) -> None:
    """Keep the receipts of the counts that a pack publishes."""
    for one in raised:
        indicators.store(one.figure, actor=actor)


def _flag_line(result: indicators.FlagResult) -> FlagLine:
    by_peers = result.expected_by_peers
    return FlagLine(
        **_shared_parts(result),
        codes=result.codes,
        receipt=pack_figure(result.figure),
        expected=result.tally.beside if result.is_compared else None,
        expected_by_peers=None if by_peers is None else round(by_peers, 1),
        without_time=result.tally.without_time,
    )


def _first_method_flag_line(result: indicators.FlagResult) -> FlagLine:
    """As the packs of the first method held it."""
    return FlagLine(**_shared_parts(result))


def _shared_parts(result: indicators.FlagResult) -> dict[str, Any]:
    one = result.definition
    return {
        "code": one.code,
        "name": one.name,
        "why": one.why,
        "weight": one.weight,
        "count": result.count,
        "rows": tuple(_dossier_line(row) for row in result.rows),
    }


def _dossier_line(row: Mapping[str, Any]) -> DossierLine:
    return DossierLine(
        code=row["code"],
        unit=row["unit_code"],
        procedure=row["procedure_name"] or "",
        received_on=moment_text(row["received_at"], has_time=row.get("received_has_time")),
        due_on=moment_text(row["due_at"], has_time=row.get("due_has_time")),
        finished_on=moment_text(row["finished_at"], has_time=row.get("finished_has_time")),
        state=row["state"],
    )
