"""Announcing procedures and making them public (công bố, công khai), and whether both were on time.

Source: QĐ 766/QĐ-TTg (2022), metrics 1.1 and 1.2; NĐ 63/2010 Điều 15 and 24. The terms are data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congtam.kernel.work_calendar import WorkCalendar


class PublicationStatus(StrEnum):
    """Where the making public of one procedure stands."""

    ON_TIME = "on_time"
    LATE = "late"
    DUE = "due"
    OVERDUE = "overdue"


class AnnouncedKind(StrEnum):
    """What a decision does to a procedure."""

    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


@dataclass(frozen=True, kw_only=True)
class AnnouncementTerm:
    """How many working days an issuer has, for decisions signed from a day on."""

    issuer: str
    valid_from: date
    announce_days: int
    publish_days: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Announced:
    """One procedure of one decision."""

    procedure_code: str
    issuer: str
    signed_on: date
    effective_on: date
    """When the newest legal text behind it takes effect, else the decision itself."""
    made_public_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What follows: the last day to make it public, where that stands, and whether it was announced in time."""

    publish_by: date
    status: PublicationStatus
    announce_by: date
    is_announced_on_time: bool


@dataclass(frozen=True, kw_only=True)
class DisclosureShare:
    """How many out of how many; None where there is nothing to judge."""

    counted: int
    out_of: int

    @property
    def rate(self) -> float | None:
        """The share between 0 and 1."""
        return self.counted / self.out_of if self.out_of else None


def term_for(terms: Sequence[AnnouncementTerm], issuer: str, signed_on: date) -> AnnouncementTerm:
    """The terms of an issuer on the day of signing; before the first ones, the first ones."""
    own = sorted((term for term in terms if term.issuer == issuer), key=lambda term: term.valid_from)
    held = [term for term in own if term.valid_from <= signed_on]
    return held[-1] if held else own[0]


def judge_publication(
    announced: Announced, *, term: AnnouncementTerm, calendar: WorkCalendar, today: date
) -> Judged:
    """Judge one procedure of one decision; the day of signing is not counted."""
    publish_by = calendar.add_working_days(announced.signed_on, term.publish_days)
    announce_by = working_days_before(announced.effective_on, term.announce_days, calendar)
    return Judged(
        publish_by=publish_by,
        status=_publication_status(announced.made_public_on, publish_by, today),
        announce_by=announce_by,
        is_announced_on_time=announced.signed_on <= announce_by,
    )


def _publication_status(made_public_on: date | None, publish_by: date, today: date) -> PublicationStatus:
    if made_public_on is not None:
        return PublicationStatus.ON_TIME if made_public_on <= publish_by else PublicationStatus.LATE
    return PublicationStatus.DUE if today <= publish_by else PublicationStatus.OVERDUE


def working_days_before(day: date, count: int, calendar: WorkCalendar) -> date:
    """The last day that still leaves so many working days up to ``day``, which is not counted itself."""
    return calendar.add_working_days(day, -count)


def share_on_time(judged: Iterable[tuple[str, bool]]) -> DisclosureShare:
    """Procedures that were always on time, out of all; each counts once, and one late time makes it late."""
    by_code: dict[str, bool] = defaultdict(lambda: True)
    for code, on_time in judged:
        by_code[code] = by_code[code] and on_time
    return DisclosureShare(counted=sum(by_code.values()), out_of=len(by_code))
