"""A row of the API's list (dòng danh sách hồ sơ): its fields, read in one statement, persons only where allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from ninja import Field, Schema

from congtam.dossiers.domain.clock import DossierClock, verdict_by_instant
from congtam.dossiers.domain.states import NATIONAL_PORTAL, OPEN, State
from congtam.dossiers.models import DossierQuerySet
from congtam.dossiers.permissions import MAY_SEE_PERSONS
from congtam.foundation.public import Actor, clock
from congtam.org_units.public import find_version, visible_units

PORTAL_STATES: Final[Mapping[str, str]] = {
    state.value: number for number, state in reversed(NATIONAL_PORTAL.items()) if number != "3"
}
"""Our state as the national portal numbers it; of several numbers the lowest that we may send."""


class DossierRowOut(Schema):
    """A dossier in a list; fields of the desk are null for dossiers that came from other systems."""

    code: str = Field(examples=["H22.24.08-260302-0007"])
    unit_code: str
    unit_name: str
    procedure_code: str = Field(examples=["1.000894"])
    procedure_name: str
    field_name: str
    channel: str = Field(examples=["desk"])
    applicant: str | None = Field(description="Null where the caller may not see persons.")
    applicant_kind: str
    submitter: str | None
    phone: str | None
    email: str | None
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    state: State
    portal_state: str = Field(description="The state's number at the national portal, 1 to 11.")
    is_open: bool
    verdict: str = Field(description="early, on_time, late, running, overdue or no_limit, by instant.")
    payment: str
    fee_dong: int | None
    result_digitised: bool | None
    supplement_count: int
    suspended_seconds: int
    limit_text: str
    officer: str
    time_zone: str
    source: str
    import_key: str
    version: int | None = Field(description="Send it back as If-Match to change what you saw.")
    received_unit_code: str | None
    received_by: str | None
    case_kind: str | None
    limit_value: str | None
    limit_unit: str | None
    role: str | None = Field(description="Whose move it is; empty when nobody has to act.")
    holder: str | None
    office: str | None
    is_offered: bool | None
    place: int | None
    step_due_at: datetime | None
    supplement_due_at: datetime | None
    apology_count: int | None
    decided_at: datetime | None
    decided_by: str | None
    return_way: str | None
    parent_code: str | None
    numbered_on: date | None


_PERSON: Final = {
    "applicant": "applicant",
    "submitter": "party__submitter",
    "phone": "party__phone",
    "email": "party__email",
}
_DESK: Final = (
    "version", "received_unit_code", "received_by", "case_kind", "limit_value", "limit_unit", "role", "holder",
    "office", "is_offered", "place", "step_due_at", "supplement_due_at", "apology_count", "decided_at", "decided_by",
    "return_way", "parent_code", "numbered_on",
)  # fmt: skip
_DERIVED: Final = ("unit_name", "portal_state", "is_open", "verdict")
_PATHS: Final[Mapping[str, str]] = {
    name: _PERSON.get(name, f"desk__{name}" if name in _DESK else name)
    for name in DossierRowOut.model_fields
    if name not in _DERIVED
}


def rows_of(found: DossierQuerySet, *, to: Actor) -> list[dict[str, Any]]:
    """The rows of a queryset that was already restricted to what the actor may see."""
    persons, now = visible_units(to, *MAY_SEE_PERSONS), clock().now()
    rows = [dict(zip(_PATHS, values, strict=True)) for values in found.values_list(*_PATHS.values())]
    names = _unit_names(rows)
    for row in rows:
        if row["unit_code"] not in persons:
            row.update(dict.fromkeys(_PERSON))
        row["unit_name"] = names[row["unit_code"], row["received_at"].date()]
        row["portal_state"] = PORTAL_STATES[row["state"]]
        row["is_open"] = row["state"] in OPEN
        row["verdict"] = _verdict(row, now=now)
    return rows


def _unit_names(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, date], str]:
    """What each unit was called on the day of receipt."""
    asked = {(row["unit_code"], row["received_at"].date()) for row in rows}
    return {key: version.name if (version := find_version(*key)) else key[0] for key in asked}


def _verdict(row: Mapping[str, Any], *, now: datetime) -> str:
    dates = DossierClock(
        received_at=row["received_at"],
        due_at=row["due_at"],
        finished_at=row["finished_at"],
        is_open=row["is_open"],
        time_zone=row["time_zone"],
    )
    return verdict_by_instant(dates, now=now).value
