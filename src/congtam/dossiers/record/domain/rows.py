"""A dossier as a value, ready to be stored (dòng hồ sơ): what every source is turned into.

``row_digest`` decides whether a dossier has changed since it was last stored. It is the SHA-256 of the canonical text:
every field in the order of ``DIGESTED``, instants as ISO 8601 in UTC, absent values empty, attributes as JSON with
sorted keys, then each step and suspension in the same manner; fields end with U+001F, records with U+001E.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """One step of a dossier (bước xử lý): who did what, when, and when it should have been done."""

    sequence: int
    code: str = ""
    name: str = ""
    office: str = ""
    officer: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    planned_at: datetime | None = None
    due_at: datetime | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionRow:
    """A time during which the clock stands still (tạm dừng tính thời hạn), with its ground."""

    ground: str
    started_at: datetime
    ended_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierRow:
    """One dossier with its steps and suspensions (hồ sơ); instants are aware, texts composed Unicode."""

    code: str
    unit_code: str
    received_at: datetime
    procedure_code: str = ""
    procedure_name: str = ""
    field_name: str = ""
    channel: str = "unknown"
    applicant: str = ""
    applicant_kind: str = ""
    due_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    state: str = "in_progress"
    payment: str = "unknown"
    fee_dong: int | None = None
    result_digitised: bool | None = None
    supplement_count: int = 0
    suspended_seconds: int = 0
    limit_text: str = ""
    officer: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"
    attributes: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[StepRow, ...] = ()
    suspensions: tuple[SuspensionRow, ...] = ()
    source_code: str = ""
    """The code the source itself uses, where it is not ``code``; it follows from the code, so it is not digested."""
    source_row: int | None = None
    """Where the dossier stands in its file; tells of provenance, so it is not part of the digest."""


DIGESTED: Final = (
    "code",
    "unit_code",
    "procedure_code",
    "procedure_name",
    "field_name",
    "channel",
    "applicant",
    "applicant_kind",
    "received_at",
    "due_at",
    "finished_at",
    "returned_at",
    "state",
    "payment",
    "fee_dong",
    "result_digitised",
    "supplement_count",
    "suspended_seconds",
    "limit_text",
    "officer",
    "time_zone",
    "attributes",
)
STEP_FIELDS: Final = (
    "sequence",
    "code",
    "name",
    "office",
    "officer",
    "started_at",
    "finished_at",
    "planned_at",
    "due_at",
    "attributes",
)
SUSPENSION_FIELDS: Final = ("ground", "started_at", "ended_at", "note")

_dossier_values = attrgetter(*DIGESTED)
_step_values = attrgetter(*STEP_FIELDS)
_suspension_values = attrgetter(*SUSPENSION_FIELDS)


def canonical_text(row: DossierRow) -> str:
    """The text a dossier's digest is made of (dạng chuẩn)."""
    return _canonical_text(row, canonical_fields(row))


def canonical_fields(row: DossierRow) -> list[str]:
    """The fields of ``DIGESTED`` as the canonical text holds them."""
    return _value_texts(_dossier_values(row))


def _canonical_text(row: DossierRow, fields: list[str]) -> str:
    text = "\x1f".join(fields)
    if not row.steps and not row.suspensions:
        return text
    steps = ["\x1f".join(_value_texts(_step_values(step))) for step in row.steps]
    pauses = ["\x1f".join(_value_texts(_suspension_values(pause))) for pause in row.suspensions]
    return "\x1e".join([text, *steps, *pauses])


def row_digest(row: DossierRow) -> str:
    """The fingerprint of a dossier's content (mã băm), 64 hexadecimal digits.

    >>> from datetime import timedelta, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=7)))
    >>> here = DossierRow(code="A", unit_code="02", received_at=noon)
    >>> elsewhere = DossierRow(code="A", unit_code="02", received_at=noon.astimezone(UTC), source_row=9)
    >>> row_digest(here) == row_digest(elsewhere)
    True
    """
    return digest_of_fields(row, canonical_fields(row))


def digest_of_fields(row: DossierRow, fields: list[str]) -> str:
    """The same, where the fields are written already."""
    return sha256(_canonical_text(row, fields).encode()).hexdigest()


def _value_texts(values: tuple[object, ...]) -> list[str]:
    return [value if value.__class__ is str else _value_text(value) for value in values]


def _value_text(value: object) -> str:
    write = _WRITERS.get(value.__class__)
    if write is not None:
        return write(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if value else ""
    return str(value)


def _utc_text(instant: datetime) -> str:
    return (instant if instant.tzinfo is UTC else instant.astimezone(UTC)).isoformat()


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _none: "",
    bool: lambda truth: "yes" if truth else "no",
    int: str,
    datetime: _utc_text,
}
