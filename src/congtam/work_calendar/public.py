"""What other contexts may use of the work calendar (lịch làm việc)."""

from congtam.work_calendar.calendar import seed_calendar, working_calendar
from congtam.work_calendar.corrections import TOPIC as CALENDAR_CHANGED
from congtam.work_calendar.corrections import Effect as CalendarEffect
from congtam.work_calendar.corrections import (
    calendar_before,
    correct_calendar,
    note_applied,
    note_effects,
    tell_effects,
)
from congtam.work_calendar.corrections import would_move as preview_correction
from congtam.work_calendar.domain.corrections import Correction, DayChange, HoursChange

WORKING_DAY_TABLE = "foundation_workingday"
"""The table of running counts of working days, for facts that measure in SQL."""

__all__ = [
    "CALENDAR_CHANGED",
    "WORKING_DAY_TABLE",
    "CalendarEffect",
    "Correction",
    "DayChange",
    "HoursChange",
    "calendar_before",
    "correct_calendar",
    "note_applied",
    "note_effects",
    "preview_correction",
    "seed_calendar",
    "tell_effects",
    "working_calendar",
]
