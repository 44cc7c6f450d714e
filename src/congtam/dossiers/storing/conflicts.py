"""What keeps a row from being stored: another source or unit, a code twice (xung đột khi lưu)."""

from __future__ import annotations

from typing import Any, NamedTuple

from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.rows import DossierRow
from congtam.kernel.errors import Problem, msgid
from congtam.org_units.public import VisibleUnits


class StoredDossier(NamedTuple):
    """What a row is compared with."""

    id: int
    unit_code: str
    source: str
    digest: str
    import_key: str
    person_digest: str


def has_dossiers_of_source(source: str, unit_code: str) -> bool:
    """Whether a unit has dossiers that came by this source."""
    return Dossier.objects.filter(source=source, unit_code=unit_code).exists()


def read_stored(cursor: Any, codes: list[str]) -> dict[str, StoredDossier]:
    """What is stored under these codes."""
    cursor.execute(
        "SELECT code, id, unit_code, source, row_digest, import_key, person_digest FROM dossiers_dossier"
        " WHERE code = ANY(%s)",
        [codes],
    )
    return {row[0]: StoredDossier(*row[1:]) for row in cursor.fetchall()}


def find_conflict(
    row: DossierRow, before: StoredDossier | None, *, source: str, units: VisibleUnits
) -> Problem | None:
    """Why a row cannot be stored beside what is stored already."""
    if row.unit_code not in units:
        return _conflict_problem(
            row,
            "unit_outside",
            msgid("Unit {unit} is neither the unit of this import nor one of its subordinate units"),
            unit=row.unit_code,
        )
    if before is None:
        return None
    if before.source != source:
        return _conflict_problem(
            row,
            "code_of_other_source",
            msgid("Dossier {code} was already imported from another source ({source})"),
            source=before.source,
        )
    if before.unit_code != row.unit_code:
        message = msgid("Dossier {code} already belongs to unit {unit}")
        return _conflict_problem(row, "code_of_other_unit", message, unit=before.unit_code)
    return None


def repeated_code_problem(row: DossierRow) -> Problem:
    """A code that stands twice in one file."""
    return _conflict_problem(row, "code_repeated", msgid("Dossier {code} appears more than once in the file"))


def _conflict_problem(row: DossierRow, code: str, message: str, **data: str) -> Problem:
    advice = msgid("Check the code; if two systems use the same numbers, set code_prefix in the mapping.")
    return Problem(
        code=code, message=message, data={"code": row.code, **data}, row=row.source_row, advice=advice
    )
