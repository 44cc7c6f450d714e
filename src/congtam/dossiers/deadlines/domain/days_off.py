"""The days a due date passed over (các ngày không tính), named with their legal sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.kernel.errors import msgid
from congtam.kernel.work_calendar import DayNote, LegalSource, WorkCalendar, legal_source

_DAY: Final = timedelta(days=1)
_NAMED: Final = 2


def explain_days_off(
    start: date, end: date, *, calendar: WorkCalendar, named_days: set[date]
) -> Iterator[Sentence]:
    """Name the listed days off and make-up days after ``start`` up to ``end`` that were not named yet.

    Days off in a row are named together; ordinary weekends are left out.
    """
    listed = [day for day in sorted(calendar.days_off) if start < day <= end and day not in named_days]
    for row in _group_days(listed, calendar):
        notes = [calendar.days_off[day] for day in row]
        source = legal_source(notes[0].source)
        yield Sentence(
            _days_off_message(len(row), source),
            {"first": row[0], "last": row[-1], "reason": _reasons_text(notes), "source": source.text},
        )
    for day in sorted(calendar.make_up_days):
        if start < day <= end and day not in named_days:
            note = calendar.make_up_days[day]
            source = legal_source(note.source)
            yield Sentence(
                _make_up_message(source), {"day": day, "reason": note.reason, "source": source.text}
            )
    named_days.update(listed, (day for day in calendar.make_up_days if start < day <= end))


def _days_off_message(count: int, source: LegalSource) -> str:
    if count > 1:
        if source.text:
            return msgid("Not counted: from {first} to {last}, {reason} ({source}).")
        if source.is_preloaded:
            return msgid(
                "Not counted: from {first} to {last}, {reason} (preloaded holiday list; no "
                "document recorded)."
            )
        return msgid("Not counted: from {first} to {last}, {reason}.")
    if source.text:
        return msgid("Not counted: {first}, {reason} ({source}).")
    if source.is_preloaded:
        return msgid("Not counted: {first}, {reason} (preloaded holiday list; no document recorded).")
    return msgid("Not counted: {first}, {reason}.")


def _make_up_message(source: LegalSource) -> str:
    if source.text:
        return msgid("Counted although it is a weekend: {day}, {reason} ({source}).")
    if source.is_preloaded:
        return msgid(
            "Counted although it is a weekend: {day}, {reason} (preloaded holiday list; no "
            "document recorded)."
        )
    return msgid("Counted although it is a weekend: {day}, {reason}.")


def _group_days(days: list[date], calendar: WorkCalendar) -> list[list[date]]:
    """Days off of one source with nothing worked between them."""
    rows: list[list[date]] = [days[:1]] if days else []
    for before, day in pairwise(days):
        same = _source_of(before, calendar) == _source_of(day, calendar)
        gap = (before + _DAY * number for number in range(1, (day - before).days))
        if same and not any(calendar.is_working_day(between) for between in gap):
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def _source_of(day: date, calendar: WorkCalendar) -> LegalSource:
    return legal_source(calendar.days_off[day].source)


def _reasons_text(notes: list[DayNote]) -> str:
    """The reasons, each once, in order; of many, the first and the last."""
    reasons = list(dict.fromkeys(note.reason for note in notes if note.reason))
    return f"{reasons[0]} – {reasons[-1]}" if len(reasons) > _NAMED else ", ".join(reasons)
