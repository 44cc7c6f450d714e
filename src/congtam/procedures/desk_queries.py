"""Reading a procedure as the desk needs it; kept in memory for as long as the catalogue is not changed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from congtam.foundation.public import installation_notes
from congtam.procedures.domain.desk import DeskFee, DeskLimit, DeskPaper, DeskProcedure
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.queries import version_in_force

EDITION_NOTE = "procedures_edition"


def desk_procedure(code: str, on: date) -> DeskProcedure | None:
    """What is in force for a procedure on a day (thủ tục có hiệu lực); None when the catalogue knows none."""
    return _desk_procedure(code, on, str(installation_notes().get(EDITION_NOTE, "")))


@lru_cache(maxsize=4096)
def _desk_procedure(code: str, on: date, _edition: str) -> DeskProcedure | None:
    version = version_in_force(code, on)
    return _of(version) if version else None


def _of(version: ProcedureVersion) -> DeskProcedure:
    limits = {
        (row.channel, ""): DeskLimit(value=row.amount, unit=row.unit, raw_text=row.raw_text)
        for row in version.limits.all()
        if row.amount is not None
    }
    return DeskProcedure(
        code=version.procedure.code,
        name=version.name,
        field_name=version.field_name,
        digest=version.digest,
        valid_from=version.valid.lower,
        levels=tuple(version.levels),
        papers=tuple(
            DeskPaper(place=row.place, name=row.name, originals=row.originals or 0, copies=row.copies or 0)
            for row in version.papers.all()
        ),
        fees=tuple(
            DeskFee(name=row.raw_text, amount_dong=row.amount_dong)
            for row in version.fees.all()
            if row.amount_dong
        ),
        limits=limits,
        limit_text="; ".join(row.raw_text for row in version.limits.all() if row.raw_text),
    )
