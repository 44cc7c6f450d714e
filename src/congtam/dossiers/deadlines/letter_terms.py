"""Terms that letters set and nobody has met yet (hạn trả lời lấy ý kiến, hạn bổ sung), under another calendar.

A question to another office runs in office hours, so it is counted again from its letter. The applicant has days of
the calendar: only when the last of them became a day off does the term end later, and what was written to the
applicant is never shortened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from congtam.dossiers.deadlines.domain.terms import end_of_working_day
from congtam.dossiers.models import DeskRecord, Letter, LetterKind
from congtam.kernel.work_calendar import WorkCalendar

_WITH_TERM: Final = (LetterKind.CONSULTATION.value, LetterKind.SUPPLEMENT.value)


@dataclass(frozen=True, kw_only=True)
class LetterTermChange:
    """A letter whose term ends at another instant."""

    letter: Letter
    old: datetime
    new: datetime

    @property
    def audit_data(self) -> dict[str, str]:
        """For the ledger; it names no person."""
        return {"number": self.letter.number, "old": self.old.isoformat(), "new": self.new.isoformat()}


def affected_desk_conditions(opens: datetime, closes: datetime) -> Iterator[Q]:
    """Which desks have a letter whose term may move when the days between two instants change."""
    yield Q(supplement_due_at__gte=opens, supplement_due_at__lt=closes)
    consultations = Letter.objects.filter(kind=LetterKind.CONSULTATION, answered_at__isnull=True)
    yield Q(pk__in=consultations.filter(due_at__gte=opens, issued_at__lt=closes).values("dossier_id"))


def letter_term_changes(
    desks: Sequence[DeskRecord], calendar: WorkCalendar
) -> dict[int, list[LetterTermChange]]:
    """The letters of these desks that wait for an answer and would be due at another instant, by dossier."""
    desks_by_key = {desk.pk: desk for desk in desks}
    waiting = Letter.objects.filter(
        dossier_id__in=list(desks_by_key), kind__in=_WITH_TERM, answered_at__isnull=True, due_at__isnull=False
    )
    changes: dict[int, list[LetterTermChange]] = defaultdict(list)
    for letter in waiting.order_by("dossier_id", "sequence"):
        new = _recomputed_due_at(letter, desks_by_key[letter.dossier_id], calendar)
        if letter.due_at and new and new != letter.due_at:
            changes[letter.dossier_id].append(LetterTermChange(letter=letter, old=letter.due_at, new=new))
    return changes


def apply_letter_changes(desk: DeskRecord, changes: Sequence[LetterTermChange]) -> None:
    """Write the new terms; the desk record is changed, not saved."""
    for change in changes:
        change.letter.due_at = change.new
        change.letter.save(update_fields=["due_at"])
        if change.letter.kind == LetterKind.SUPPLEMENT:
            desk.supplement_due_at = change.new


def _recomputed_due_at(letter: Letter, desk: DeskRecord, calendar: WorkCalendar) -> datetime | None:
    """When it is due; as it is where nobody waits for it any more or its office hours are not known."""
    if letter.kind == LetterKind.CONSULTATION:
        hours = letter.content.get("hours")
        return calendar.add_working_hours(letter.issued_at, float(hours)) if hours else letter.due_at
    if letter.due_at is None or desk.supplement_due_at is None:
        return letter.due_at
    return end_of_working_day(letter.due_at, calendar=calendar)
