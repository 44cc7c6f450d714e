"""Reading a procedure as the desk needs it; kept in memory for as long as the catalogue is not changed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from congtam.foundation.public import installation_notes
from congtam.procedures.catalogue.processes_in_force import process_in_force
from congtam.procedures.catalogue.queries import version_in_force
from congtam.procedures.domain.content import from_json
from congtam.procedures.domain.desk import DEFAULT_PROCESS, DeskProcedure
from congtam.procedures.domain.desk_reading import (
    desk_channels,
    desk_fees,
    desk_limits,
    desk_papers,
    desk_results,
    fee_texts,
)
from congtam.procedures.models import ProcedureVersion

EDITION_NOTE: Final = "procedures_edition"
SUPPLEMENT_DAYS: Final = 30


def catalogue_edition() -> str:
    """The mark of the catalogue as it stands; another one after every change."""
    return str(installation_notes().get(EDITION_NOTE, ""))


def desk_procedure(code: str, on: date, *, unit_code: str = "") -> DeskProcedure | None:
    """What is in force for a procedure on a day (thủ tục có hiệu lực); None when the catalogue knows none.

    A unit, or one above it, may have an internal process of its own; name it to get that one.
    """
    return _desk_procedure(code, on, unit_code, catalogue_edition())


@lru_cache(maxsize=8192)
def _desk_procedure(code: str, on: date, unit_code: str, _edition: str) -> DeskProcedure | None:
    version = version_in_force(code, on)
    return _build_desk_procedure(version, on, unit_code) if version else None


def _build_desk_procedure(version: ProcedureVersion, on: date, unit_code: str) -> DeskProcedure:
    content = from_json(version.details)
    process = process_in_force(version.procedure.code, on, unit_code=unit_code)
    return DeskProcedure(
        code=version.procedure.code,
        name=version.name,
        field_name=version.field_name,
        digest=version.digest,
        valid_from=version.valid.lower,
        levels=content.levels,
        channels=desk_channels(content),
        case_kinds=content.case_kinds,
        papers=desk_papers(content),
        fees=desk_fees(content),
        limits=desk_limits(content),
        limit_text="; ".join(
            dict.fromkeys(row.limit.raw_text for row in content.limits if row.limit.raw_text)
        ),
        fee_texts=fee_texts(content),
        legal=tuple(dict.fromkeys(row.number or row.title for row in content.legal)),
        results=desk_results(content),
        process=process.steps if process else DEFAULT_PROCESS,
        process_code=process.code if process else "",
        process_decision=process.decision if process else "",
        any_office=content.any_office,
        supplement_days=content.supplement_days or SUPPLEMENT_DAYS,
        form_fields=content.form_fields,
        online_level=content.online_level,
        online_level_reason=content.online_level_reason,
    )
