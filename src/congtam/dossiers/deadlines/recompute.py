"""The calendar was corrected: compute again when open dossiers are due (tính lại hạn khi lịch nghỉ thay đổi).

Only dossiers received here that are still open; closed ones keep the date they were judged by, imported ones the date
of their source. The terms of letters that wait for an answer go with them (``letter_terms``). A dossier in which
nothing moves is left alone, so doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from congtam.dossiers.deadlines.domain import compute_due_dates
from congtam.dossiers.deadlines.ledgers import limit_of, lines_by_dossier, to_clock_line
from congtam.dossiers.deadlines.letter_terms import (
    LetterTermChange,
    affected_desk_conditions,
    apply_letter_changes,
    letter_term_changes,
)
from congtam.dossiers.domain.states import OPEN, LineKind
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, LetterKind, Step
from congtam.dossiers.record.announcing import announce
from congtam.dossiers.record.digests import set_digests
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.foundation.public import Actor, OutboxMessage, clock, job, subscribe, system_actor
from congtam.kernel.work_calendar import WorkCalendar
from congtam.work_calendar.public import (
    CALENDAR_CHANGED,
    CalendarEffect,
    calendar_without_correction,
    mark_correction_applied,
    record_moved_due_dates,
    register_preview,
    working_calendar,
)

VERB: Final = "recomputed"
SUPPLEMENT_ONLY: Final = "supplement_recomputed"
"""The dossier itself is due as before; its applicant has longer to supplement."""
LETTERS_ONLY: Final = "letters_recomputed"
"""Only another office has another time to answer: the applicant is not notified."""
_BATCH: Final = 500
_MOVED_AT_ONCE: Final = 50
"""Who works with one of these dossiers waits for the others: few at a time."""
_EVERY: Final = Q()
_OPEN: Final = sorted(state.value for state in OPEN)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What was corrected: the days as ISO text with spaces between, and the legal source."""

    key: str = ""
    days: str = ""
    legal: str = ""
    changed_by: str = ""


def preview_effects(calendar: WorkCalendar) -> Iterator[CalendarEffect]:
    """The open dossiers and unanswered letters that would be due at another instant under a calendar."""
    differs = calendar.differs_from(working_calendar())
    if differs is None:
        return
    opens = datetime.combine(differs.start, time(0), calendar.zone)
    closes = datetime.combine(differs.end, time(0), calendar.zone)
    touched = [
        Q(dossier__due_at__gte=opens, dossier__received_at__lt=closes),
        *affected_desk_conditions(opens, closes),
    ]
    checked: set[int] = set()
    for desks in chain.from_iterable(map(_open_desks, touched)):
        fresh = [desk for desk in desks if desk.pk not in checked]
        checked.update(desk.pk for desk in fresh)
        for change in _due_changes(fresh, calendar):
            yield from _calendar_effects(change)


def recompute_due_dates(cause: Cause, *, actor: Actor) -> int:
    """Move the due dates of open dossiers to what the calendar in force says; how many moved.

    In batches, each a transaction of its own: it may be stopped and started again at any point.
    """
    moved = 0
    for desks in _open_desks():
        keys = [change.desk.pk for change in _due_changes(desks, working_calendar())]
        for start in range(0, len(keys), _MOVED_AT_ONCE):
            moved += _apply_changes(keys[start : start + _MOVED_AT_ONCE], cause, actor=actor)
    mark_correction_applied(cause.key)
    return moved


def register_calendar_reactions() -> None:
    """Follow the corrections of the calendar; called when the program starts."""
    subscribe(CALENDAR_CHANGED)(on_calendar_changed)
    register_preview(preview_effects)


def on_calendar_changed(messages: Sequence[OutboxMessage]) -> None:
    """Each correction becomes a job of its own, so that the outbox is not held up."""
    for message in messages:
        recompute_job.defer(**_job_arguments(message.payload))


@job(name="dossiers.recompute")
def recompute_job(*, key: str, days: str, legal: str, changed_by: str) -> None:
    """Recompute after a correction of the calendar."""
    recompute_due_dates(
        Cause(key=key, days=days, legal=legal, changed_by=changed_by), actor=system_actor("calendar")
    )


def _job_arguments(payload: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(payload.get(name, "")) for name in ("key", "days", "legal", "changed_by")}


def _open_desks(among: Q = _EVERY) -> Iterator[list[DeskRecord]]:
    """The open dossiers received here, a batch at a time, in the order of their keys."""
    last = 0
    while True:
        rows = DeskRecord.objects.filter(among, dossier_id__gt=last, dossier__state__in=_OPEN)
        desks = list(rows.select_related("dossier").order_by("dossier_id")[:_BATCH])
        if not desks:
            return
        yield desks
        last = desks[-1].pk


@dataclass(frozen=True, kw_only=True)
class _DueChange:
    desk: DeskRecord
    old: datetime | None
    due_at: datetime | None
    digest_before: str
    letters: Sequence[LetterTermChange]

    @property
    def is_moved(self) -> bool:
        """Whether the dossier itself is due at another instant, not only a letter."""
        return self.due_at != self.old


def _due_changes(desks: Sequence[DeskRecord], calendar: WorkCalendar) -> Iterator[_DueChange]:
    """What moves, as the desks stand: the dates before are kept, for writing changes the desks."""
    lines = lines_by_dossier(desk.pk for desk in desks)
    letters = letter_term_changes(desks, calendar)
    for desk in desks:
        ledger_lines, old = [to_clock_line(row) for row in lines.get(desk.pk, [])], desk.dossier.due_at
        change = _DueChange(
            desk=desk,
            old=old,
            due_at=compute_due_dates(limit_of(desk), ledger_lines, calendar=calendar).due_at
            if ledger_lines
            else old,
            digest_before=desk.dossier.row_digest,
            letters=letters.get(desk.pk, ()),
        )
        if change.is_moved or change.letters:
            yield change


@transaction.atomic
def _apply_changes(keys: Sequence[int], cause: Cause, *, actor: Actor) -> int:
    """Lock these dossiers, look at them again, and move those that still have to move."""
    moved = list(_due_changes(_lock_open(keys), working_calendar()))
    lengths = {key: len(rows) for key, rows in lines_by_dossier(keys).items()}
    now = clock().now()
    ClockLine.objects.bulk_create(
        _calendar_line(change, cause, sequence=lengths[change.desk.pk] + 1, now=now, actor=actor)
        for change in moved
        if change.is_moved
    )
    before = calendar_without_correction(cause.key)
    for change in moved:
        _write_change(change, before=before)
    record_moved_due_dates(cause.key, [effect for change in moved for effect in _calendar_effects(change)])
    for change in moved:
        announce(
            change.desk.dossier,
            _audit_verb(change),
            actor=actor,
            data=_audit_data(change, cause),
            before=change.digest_before,
        )
    return len(moved)


def _audit_verb(change: _DueChange) -> str:
    if change.is_moved:
        return VERB
    waits = any(each.letter.kind == LetterKind.SUPPLEMENT for each in change.letters)
    return SUPPLEMENT_ONLY if waits else LETTERS_ONLY


def _lock_open(keys: Sequence[int]) -> list[DeskRecord]:
    """The open ones among these, locked in the order in which every action locks: first the desk, then the dossier."""
    desks = list(DeskRecord.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    open_dossiers = Dossier.objects.select_for_update().filter(pk__in=keys, state__in=_OPEN).order_by("pk")
    dossiers = {dossier.pk: dossier for dossier in open_dossiers}
    for desk in desks:
        if desk.pk in dossiers:
            desk.dossier = dossiers[desk.pk]
    return [desk for desk in desks if desk.pk in dossiers]


def _calendar_effects(change: _DueChange) -> Iterator[CalendarEffect]:
    """The dossier under its code, its letters under their numbers, which end with the code."""
    dossier = change.desk.dossier
    dates = [(dossier.code, change.old, change.due_at)] if change.is_moved else []
    for subject, old, new in [*dates, *((each.letter.number, each.old, each.new) for each in change.letters)]:
        yield CalendarEffect(
            subject=subject,
            name=dossier.procedure_name or dossier.procedure_code,
            unit_code=dossier.unit_code,
            old=old,
            new=new,
        )


def _calendar_line(
    change: _DueChange, cause: Cause, *, sequence: int, now: datetime, actor: Actor
) -> ClockLine:
    return ClockLine(
        dossier=change.desk.dossier,
        sequence=sequence,
        kind=LineKind.CALENDAR.value,
        at=now,
        legal=cause.legal,
        note=cause.days,
        due_at=change.due_at,
        actor=cause.changed_by or actor.username,
        recorded_at=now,
    )


def _write_change(change: _DueChange, *, before: WorkCalendar | None) -> None:
    desk, dossier = change.desk, change.desk.dossier
    apply_letter_changes(desk, change.letters)
    if change.is_moved:
        _shift_step_due(change, before=before)
    dossier.due_at = desk.due_at = change.due_at
    set_digests(dossier, dossier.steps.order_by("pk"), dossier.suspensions.order_by("pk"))
    dossier.save(update_fields=["due_at", "row_digest", "person_digest"])
    desk.version += 1
    desk.save(update_fields=["due_at", "step_due_at", "supplement_due_at", "version"])


def _shift_step_due(change: _DueChange, *, before: WorkCalendar | None) -> None:
    """The step at hand keeps its office hours, counted by the calendar in force; none runs beyond the dossier."""
    step = change.desk.dossier.steps.filter(finished_at__isnull=True).order_by("-sequence").first()
    field_name = "due_at" if step and step.started_at else "planned_at"
    old: datetime | None = getattr(step, field_name, None)
    if step is None or change.due_at is None or old is None:
        return
    new = (
        change.due_at if old == change.old else min(_recount_due_at(step, old, before=before), change.due_at)
    )
    if new != old:
        setattr(step, field_name, new)
        change.desk.step_due_at = new
        step.save(update_fields=[field_name])


def _recount_due_at(step: Step, due_at: datetime, *, before: WorkCalendar | None) -> datetime:
    """The due date of a step with the office hours it had by the calendar before."""
    begun_at = step.started_at or StepAttributes.parse(step.attributes).handed_over_at
    if before is None or begun_at is None or begun_at >= due_at:
        return due_at
    hours = before.working_seconds_between(begun_at, due_at)
    return working_calendar().add_working_seconds(begun_at, hours)


def _audit_data(change: _DueChange, cause: Cause) -> dict[str, Any]:
    return {
        "old": change.old.isoformat() if change.old else None,
        "new": change.due_at.isoformat() if change.due_at else None,
        "letters": [each.audit_data for each in change.letters],
        "days": cause.days,
        "legal": cause.legal,
        "changed_by": cause.changed_by,
    }
