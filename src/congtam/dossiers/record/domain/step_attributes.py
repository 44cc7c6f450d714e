"""What is recorded of a step besides its columns (thuộc tính của bước), parsed once.

What may be read without seeing the applicant, and what people wrote, are two values: a new field belongs to one of
them, and nobody has to remember it in a list of keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from congtam.kernel.clock import LOCAL


@dataclass(frozen=True, kw_only=True)
class StepCourse:
    """How a step went (diễn biến): positions, roles, accounts of staff and instants, never the applicant."""

    position: int | None = None
    role: str | None = None
    handed_over_by: str | None = None
    handed_over_at: str | None = None
    accepted_by: str | None = None
    accepted_at: str | None = None
    outcome: str | None = None
    """done, taken_back, sent_back, reassigned or ended."""
    timeliness: str | None = None
    finished_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class StepNotes:
    """What people wrote about a step (ghi chú, lý do); it may name the applicant."""

    note: str | None = None
    reason: str | None = None
    approval_note: str | None = None


FORMER_NAMES: Final[Mapping[str, str]] = {
    "place": "position",
    "given_by": "handed_over_by",
    "given_at": "handed_over_at",
}
"""What steps recorded before version 0.2 call these. The ledger holds the digest of the steps as they were written, so
they stay so until the dossier moves on."""
_COURSE = frozenset(each.name for each in fields(StepCourse))
_NOTES = frozenset(each.name for each in fields(StepNotes))


@dataclass(frozen=True, kw_only=True)
class StepAttributes:
    """All of it; what another system recorded besides counts as written by people."""

    course: StepCourse = field(default_factory=StepCourse)
    notes: StepNotes = field(default_factory=StepNotes)
    others: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> StepAttributes:
        """From the JSON of `Step.attributes`, by the names of now or by `FORMER_NAMES`.

        >>> StepAttributes.parse({"place": 2, "given_by": "lan"}).serialize()
        {'position': 2, 'handed_over_by': 'lan'}
        """
        former = {FORMER_NAMES[name]: value for name, value in stored.items() if name in FORMER_NAMES}
        values = former | {name: value for name, value in stored.items() if name not in FORMER_NAMES}
        return cls(
            course=StepCourse(**{name: value for name, value in values.items() if name in _COURSE}),
            notes=StepNotes(**{name: value for name, value in values.items() if name in _NOTES}),
            others={
                name: value for name, value in values.items() if name not in _COURSE and name not in _NOTES
            },
        )

    def serialize(self) -> dict[str, Any]:
        """As it is stored; what is unknown is left out."""
        return {**self.serialize_course(), **_drop_none(self.notes), **self.others}

    def serialize_course(self) -> dict[str, Any]:
        """What may be read without seeing the applicant.

        >>> StepAttributes.parse({"role": "clerk", "note": "chị Mỷ", "x": 1}).serialize_course()
        {'role': 'clerk'}
        """
        return _drop_none(self.course)

    @property
    def handed_over_at(self) -> datetime | None:
        """When it was handed over; None where that is no instant."""
        return _parse_instant(self.course.handed_over_at)

    @property
    def accepted_at(self) -> datetime | None:
        """When it was accepted; None where that is no instant."""
        return _parse_instant(self.course.accepted_at)


def _drop_none(value: StepCourse | StepNotes) -> dict[str, Any]:
    return {name: each for name, each in asdict(value).items() if each is not None}


def _parse_instant(written: object) -> datetime | None:
    if not isinstance(written, str) or not written:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=LOCAL)
