"""A dossier as a value, ready to be stored (dòng hồ sơ): what every source is turned into.

Two digests decide whether a dossier has changed since it was last stored. ``row_digest`` goes into the ledger and into
receipts, which are never erased, so it leaves the person out: it is "2:" and the SHA-256 of the canonical text, every
field in the order of ``DOSSIER_FIELDS``, instants as ISO 8601 in UTC, absent values empty, then each step and
suspension in the same manner; fields end with U+001F, records with U+001E. The applicant, notes, and all attributes but
those that a fact counts are empty there. They make the text of ``person_text``, whose HMAC under the person's key is
``person_digest``; that stands in the row only, and goes with it.

What was stored before has a digest of the first edition, without "2:", which holds everything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


DOSSIER_FIELDS: Final = (
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

COUNTED_ATTRIBUTES: Final = ("first_due_at",)
"""Attributes of a dossier that a fact counts; all others may say anything of the person."""
COUNTED_STEP_ATTRIBUTES: Final = ("outcome",)
EDITION: Final = "2:"
_APPLICANT: Final = DOSSIER_FIELDS.index("applicant")
_ATTRIBUTES: Final = DOSSIER_FIELDS.index("attributes")
_STEP_ATTRIBUTES: Final = STEP_FIELDS.index("attributes")
_dossier_values = attrgetter(*DOSSIER_FIELDS)
_step_values = attrgetter(*STEP_FIELDS)
_suspension_values = attrgetter(*SUSPENSION_FIELDS)


def row_texts(row: DossierRow) -> list[str]:
    """The fields of ``DOSSIER_FIELDS`` as texts, as they are stored."""
    return _value_texts(_dossier_values(row))


def row_digest(row: DossierRow) -> str:
    """The fingerprint of a dossier's content without the person (mã băm), "2:" and 64 hexadecimal digits.

    >>> from datetime import timedelta, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=7)))
    >>> here = DossierRow(code="A", unit_code="02", received_at=noon, applicant="Vừ Thị Máy")
    >>> elsewhere = DossierRow(code="A", unit_code="02", received_at=noon.astimezone(UTC), source_row=9)
    >>> row_digest(here) == row_digest(elsewhere)
    True
    """
    return digest_of_texts(row, row_texts(row))


def digest_of_texts(row: DossierRow, texts: list[str]) -> str:
    """The same, where the fields are written already."""
    applicant, attributes = texts[_APPLICANT], texts[_ATTRIBUTES]
    texts[_APPLICANT] = ""
    texts[_ATTRIBUTES] = _counted(row.attributes, COUNTED_ATTRIBUTES)
    text = "\x1f".join(texts)
    texts[_APPLICANT], texts[_ATTRIBUTES] = applicant, attributes
    if row.steps or row.suspensions:
        steps = ["\x1f".join(_counted_step(step)) for step in row.steps]
        pauses = [
            "\x1f".join(_value_texts((*_suspension_values(pause)[:-1], ""))) for pause in row.suspensions
        ]
        text = "\x1e".join([text, *steps, *pauses])
    return EDITION + sha256(text.encode()).hexdigest()


def person_text(row: DossierRow, texts: Sequence[str] = ()) -> str:
    """What a dossier says of the person, as the text of the keyed digest; empty where it says nothing.

    ``texts`` are its fields, where they are written already.
    """
    has_written = texts and not any(name in row.attributes for name in COUNTED_ATTRIBUTES)
    attributes = texts[_ATTRIBUTES] if has_written else _uncounted(row.attributes, COUNTED_ATTRIBUTES)
    parts = [row.applicant, attributes]
    parts += [_uncounted(step.attributes, COUNTED_STEP_ATTRIBUTES) for step in row.steps]
    parts += [pause.note for pause in row.suspensions]
    return "\x1f".join(parts) if any(parts) else ""


def without_person(row: DossierRow) -> DossierRow:
    """The dossier as it may be stored once the person was erased."""
    return replace(
        row,
        applicant="",
        attributes=counted_only(row.attributes, COUNTED_ATTRIBUTES),
        steps=tuple(
            replace(step, attributes=counted_only(step.attributes, COUNTED_STEP_ATTRIBUTES))
            for step in row.steps
        ),
        suspensions=tuple(replace(pause, note="") for pause in row.suspensions),
    )


def counted_only(attributes: Mapping[str, Any], counted: Sequence[str]) -> dict[str, Any]:
    """The attributes that facts count."""
    return {name: attributes[name] for name in counted if name in attributes}


def former_digest(row: DossierRow) -> str:
    """The digest of the first edition (mã băm cũ): everything, the person too. Only to read what is stored already."""
    text = "\x1f".join(row_texts(row))
    steps = ["\x1f".join(_value_texts(_step_values(step))) for step in row.steps]
    pauses = ["\x1f".join(_value_texts(_suspension_values(pause))) for pause in row.suspensions]
    return sha256("\x1e".join([text, *steps, *pauses]).encode()).hexdigest()


def is_former(digest: str) -> bool:
    """Whether a stored digest is one of the first edition."""
    return not digest.startswith(EDITION)


def _counted(attributes: Mapping[str, Any], counted: Sequence[str]) -> str:
    return "\x1d".join([_attribute_text(attributes.get(name)) for name in counted])


def _attribute_text(value: object) -> str:
    if value is None or value.__class__ is str:
        return str(value or "")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _uncounted(attributes: Mapping[str, Any], counted: Sequence[str]) -> str:
    if not attributes:
        return ""
    return _value_text({name: value for name, value in attributes.items() if name not in counted})


def _counted_step(step: StepRow) -> list[str]:
    values = list(_step_values(step))
    values[_STEP_ATTRIBUTES] = _counted(step.attributes, COUNTED_STEP_ATTRIBUTES)
    return _value_texts(tuple(values))


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
