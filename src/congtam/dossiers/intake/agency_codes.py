"""The rules of dossier numbers as dated data (quy tắc mã hồ sơ, mã định danh cơ quan)."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any, Final

from django.db import transaction

from congtam.dossiers.intake.domain.numbers import check_pattern
from congtam.dossiers.intake.numbers import EDITION_NOTE
from congtam.dossiers.models import AgencyCode, NumberRule
from congtam.foundation.public import Actor, record, set_installation_notes
from congtam.kernel.errors import InputRefused, NotAllowed, Problem, msgid
from congtam.org_units.public import is_registered_unit

_AGENCY: Final = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+){0,5}")


@transaction.atomic
def set_agency_code(
    unit_code: str, agency: str, *, source: str, actor: Actor, valid_from: date | None = None
) -> AgencyCode:
    """Give a unit its identification code from a day on; the one before ends there (mã định danh cơ quan)."""
    _require_administrator(actor)
    problems = list(_agency_code_problems(unit_code, agency, source))
    if problems:
        raise InputRefused(problems)
    _end_overlapping_versions(AgencyCode.objects.filter(unit_code=unit_code), valid_from)
    _require_code_available(agency, unit_code, valid_from)
    row = AgencyCode.objects.create(
        unit_code=unit_code, agency=agency, valid=(valid_from, None), source=source.strip()
    )
    _announce_change(
        actor, "agency_code.set", key=unit_code, data={"agency": agency, "from": _iso_or_none(valid_from)}
    )
    return row


@transaction.atomic
def set_number_rule(pattern: str, *, source: str, actor: Actor, valid_from: date) -> NumberRule:
    """Number dossiers by another pattern from a day on (quy tắc đánh mã hồ sơ)."""
    _require_administrator(actor)
    check_pattern(pattern)
    _end_overlapping_versions(NumberRule.objects.all(), valid_from)
    row = NumberRule.objects.create(pattern=pattern, valid=(valid_from, None), source=source.strip())
    _announce_change(
        actor, "number_rule.set", key=pattern, data={"from": _iso_or_none(valid_from), "source": source}
    )
    return row


def agency_codes() -> list[dict[str, str | None]]:
    """Which unit has which code when, and by which document; these are public."""
    rows = AgencyCode.objects.order_by("unit_code", "valid")
    return [
        {
            "unit_code": row.unit_code,
            "agency": row.agency,
            "from": _iso_or_none(row.valid.lower),
            "to": _iso_or_none(row.valid.upper),
            "source": row.source,
        }
        for row in rows
    ]


def _require_administrator(actor: Actor) -> None:
    if not actor.administers_everything:
        raise NotAllowed(right="dossiers.numbers")


def _agency_code_problems(unit_code: str, agency: str, source: str) -> list[Problem]:
    problems = []
    if not is_registered_unit(unit_code):
        message = msgid("There is no unit {unit}.")
        problems.append(
            Problem(code="unit_unknown", message=message, data={"unit": unit_code}, column="unit_code")
        )
    if not _AGENCY.fullmatch(agency):
        message = msgid("“{agency}” is not a valid identification code. Enter a code such as H22.24.08.")
        problems.append(
            Problem(code="agency_malformed", message=message, data={"agency": agency}, column="agency")
        )
    if not source.strip():
        message = msgid("Enter the document that assigns the code.")
        problems.append(Problem(code="source_missing", message=message, column="source"))
    return problems


def _require_code_available(agency: str, unit_code: str, valid_from: date | None) -> None:
    others = AgencyCode.objects.filter(agency=agency, valid__overlap=(valid_from, None))
    if taken := others.exclude(unit_code=unit_code).first():
        message = msgid("Code {agency} belongs to unit {unit} in this period.")
        data = {"agency": agency, "unit": taken.unit_code}
        raise InputRefused([Problem(code="agency_taken", message=message, data=data, column="agency")])


def _end_overlapping_versions(rows: Any, valid_from: date | None) -> None:
    """What held before ends on the day; what was to begin on it or later is replaced."""
    for row in rows.filter(valid__overlap=(valid_from, None)):
        if valid_from is None or (row.valid.lower and row.valid.lower >= valid_from):
            row.delete()
        else:
            row.valid = (row.valid.lower, valid_from)
            row.save(update_fields=["valid"])


def _announce_change(actor: Actor, verb: str, *, key: str, data: dict[str, Any]) -> None:
    set_installation_notes(**{EDITION_NOTE: uuid.uuid4().hex})
    record(actor, verb, kind="dossier_numbers", key=key, data=data)


def _iso_or_none(day: date | None) -> str | None:
    return day.isoformat() if day else None
