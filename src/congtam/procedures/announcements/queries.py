"""Reading decisions that announce procedures, with what is due and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.procedures.domain.announcing import (
    Announced,
    AnnouncementTerm,
    DisclosureShare,
    Judged,
    PublicationStatus,
    judge_publication,
    share_on_time,
    term_for,
)
from congtam.procedures.domain.completeness import missing_parts
from congtam.procedures.domain.content import from_json
from congtam.procedures.models import AnnouncedProcedure, Announcement, ProcedureVersion
from congtam.work_calendar.public import working_calendar

TERMS_FILE: Final = Path(__file__).parent / "announcing_terms.yaml"


@dataclass(frozen=True, kw_only=True)
class AnnouncedRow:
    """A procedure of a decision, judged."""

    announcement: Announcement
    procedure_code: str
    procedure_name: str
    kind: str
    made_public_on: date | None
    judged: Judged
    term: AnnouncementTerm


@dataclass(frozen=True, kw_only=True)
class AnnouncingFigures:
    """Metrics 1.1, 1.2 (of the decisions signed in a period) and 1.3 (of today's catalogue) of QĐ 766."""

    announced: DisclosureShare
    made_public: DisclosureShare
    complete: DisclosureShare


@cache
def terms() -> tuple[AnnouncementTerm, ...]:
    """The terms as they are shipped."""
    return tuple(AnnouncementTerm(**row) for row in yaml.safe_load(TERMS_FILE.read_text(encoding="utf-8")))


def announced_rows(period: Period) -> list[AnnouncedRow]:
    """All procedures of the decisions signed in a period, the newest decision first."""
    announced = AnnouncedProcedure.objects.select_related("announcement").filter(
        announcement__signed_on__gte=period.start, announcement__signed_on__lt=period.end
    )
    return rows_with_due_days(
        list(announced.order_by("-announcement__signed_on", "-announcement__pk", "procedure_code"))
    )


def unpublished_rows() -> list[AnnouncedRow]:
    """What is not public yet, whichever year it was signed in; the most urgent first."""
    unpublished = AnnouncedProcedure.objects.select_related("announcement").filter(made_public_on=None)
    return sorted(
        rows_with_due_days(list(unpublished)), key=lambda row: (row.judged.publish_by, row.procedure_code)
    )


def get_announcement(code: str) -> tuple[Announcement, list[AnnouncedRow]]:
    """A decision with its procedures, or NotFound."""
    announcement = Announcement.objects.filter(code=code).first()
    if announcement is None:
        raise NotFound(kind="announcement", key=code)
    announced = announcement.procedures.select_related("announcement").order_by("procedure_code")
    return announcement, rows_with_due_days(list(announced))


def rows_with_due_days(announced: Sequence[AnnouncedProcedure]) -> list[AnnouncedRow]:
    """Rows with their due days by the work calendar."""
    calendar, now = working_calendar(), today(clock())
    codes = {each.procedure_code for each in announced}
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes).order_by("valid")
    names = dict(versions.values_list("procedure__code", "name"))
    rows = []
    for each in announced:
        announcement = each.announcement
        term = term_for(terms(), announcement.issuer, announcement.signed_on)
        rows.append(
            AnnouncedRow(
                announcement=announcement,
                procedure_code=each.procedure_code,
                procedure_name=names.get(each.procedure_code, ""),
                kind=each.kind,
                made_public_on=each.made_public_on,
                judged=judge_publication(_to_announced(each), term=term, calendar=calendar, today=now),
                term=term,
            )
        )
    return rows


def _to_announced(each: AnnouncedProcedure) -> Announced:
    announcement = each.announcement
    return Announced(
        procedure_code=each.procedure_code,
        issuer=announcement.issuer,
        signed_on=announcement.signed_on,
        effective_on=announcement.legal_effective_on or announcement.effective_on,
        made_public_on=each.made_public_on,
    )


def announcing_figures(rows: Sequence[AnnouncedRow]) -> AnnouncingFigures:
    """The shares of what was announced and made public on time; what is not due yet is not judged."""
    past = [row for row in rows if row.judged.status is not PublicationStatus.DUE]
    return AnnouncingFigures(
        announced=share_on_time((row.procedure_code, row.judged.is_announced_on_time) for row in rows),
        made_public=share_on_time(
            (row.procedure_code, row.judged.status is PublicationStatus.ON_TIME) for row in past
        ),
        complete=_complete_disclosure_share(),
    )


def _complete_disclosure_share() -> DisclosureShare:
    details = ProcedureVersion.objects.filter(valid__contains=today(clock())).values_list(
        "details", flat=True
    )
    total = complete = 0
    for stored_content in details.iterator(chunk_size=500):
        total += 1
        complete += not missing_parts(from_json(stored_content))
    return DisclosureShare(counted=complete, out_of=total)
