"""The stored clock ledgers (sổ thời hạn đã lưu): explained, and compared with the due dates computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates, due_at_if_resumed
from congtam.dossiers.deadlines.domain.clock import DossierClock, Explanation, Pause, explain
from congtam.dossiers.deadlines.domain.explanation import explain_ledger
from congtam.dossiers.domain.states import OPEN, LineKind
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier
from congtam.kernel.progress import Advance, ignore_advance, with_progress
from congtam.kernel.work_calendar import WorkCalendar
from congtam.work_calendar.public import working_calendar

_CHUNK: Final = 2000


def limit_of(desk: DeskRecord) -> Limit | None:
    """The time limit a dossier was received under."""
    if desk.limit_value is None:
        return None
    return Limit(value=desk.limit_value, unit=desk.limit_unit, latest_receipt=desk.latest_receipt)


def to_clock_line(row: ClockLine) -> Line:
    """A line as the rule reads it."""
    return Line(
        kind=LineKind(row.kind),
        at=row.at,
        ground=row.ground,
        until=row.until,
        legal=row.legal,
        note=row.note,
        due_at=row.due_at,
    )


def explain_clock(dossier: Dossier, *, now: datetime) -> Explanation:
    """Why the dossier is due when it is, and how it stands; of an imported one, what its source tells."""
    desk = DeskRecord.objects.filter(dossier_id=dossier.pk).first()
    return explain_desk_clock(dossier, desk, now=now) if desk else explain(_build_clock(dossier), now=now)


def explain_desk_clock(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> Explanation:
    """The story of a dossier received here, from the lines of its ledger."""
    lines = [to_clock_line(row) for row in dossier.clock_lines.all()]
    if not lines:
        return explain(_build_clock(dossier), now=now)
    return explain_ledger(
        limit_of(desk),
        lines,
        calendar=working_calendar(),
        now=now,
        finished_at=dossier.finished_at,
        is_open=dossier.state in OPEN,
        ended_as=dossier.state,
    )


def due_as_it_runs(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> datetime | None:
    """The due date; while the clock is stopped, the one it would be if it resumed now."""
    lines = [to_clock_line(row) for row in ClockLine.objects.filter(dossier_id=dossier.pk)]
    if not lines or dossier.due_at is None:
        return dossier.due_at
    return due_at_if_resumed(limit_of(desk), lines, now=now, calendar=working_calendar())


def _build_clock(dossier: Dossier) -> DossierClock:
    return DossierClock(
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        is_open=dossier.state in OPEN,
        time_zone=dossier.time_zone,
        limit_text=dossier.limit_text,
        ended_as=dossier.state,
        pauses=[
            Pause(ground=row.ground, started_at=row.started_at, ended_at=row.ended_at)
            for row in dossier.suspensions.all()
        ],
    )


def drifted_dossiers(advance: Advance = ignore_advance) -> Iterator[str]:
    """The codes of dossiers received here whose due date is not the one their ledger comes to.

    Open ones are computed again; an ended one keeps the date of its last line, whatever the calendar became since.
    """
    calendar = working_calendar()
    rows = DeskRecord.objects.select_related("dossier").order_by("pk").iterator(_CHUNK)
    desks = with_progress(rows, advance, count=DeskRecord.objects.count)
    while chunk := list(islice(desks, _CHUNK)):
        lines = lines_by_dossier([desk.pk for desk in chunk])
        for desk in chunk:
            if not _agrees_with_ledger(desk, lines.get(desk.pk, []), calendar):
                yield desk.dossier.code


def lines_by_dossier(keys: Iterable[int]) -> dict[int, list[ClockLine]]:
    """The ledgers of many dossiers."""
    rows = ClockLine.objects.filter(dossier_id__in=list(keys)).order_by("dossier_id", "sequence")
    return {key: list(lines) for key, lines in groupby(rows, key=attrgetter("dossier_id"))}


def _agrees_with_ledger(desk: DeskRecord, rows: list[ClockLine], calendar: WorkCalendar) -> bool:
    if not rows or rows[0].kind != LineKind.GIVEN:
        return False
    is_open = desk.dossier.state in OPEN
    expected = rows[-1].due_at
    if is_open:
        expected = compute_due_dates(
            limit_of(desk), [to_clock_line(row) for row in rows], calendar=calendar
        ).due_at
    expected_listed = expected if is_open else None
    return desk.dossier.due_at == expected and desk.due_at == expected_listed
