"""What other contexts may use of the work calendar (lịch làm việc)."""

from congtam.work_calendar.calendar import working_calendar
from congtam.work_calendar.corrections import TOPIC as CALENDAR_CHANGED
from congtam.work_calendar.corrections import Effect as CalendarEffect
from congtam.work_calendar.corrections import (
    calendar_without_correction,
    mark_correction_applied,
    record_moved_due_dates,
    register_preview,
)
from congtam.work_calendar.models import WORKING_DAY_TABLE
from congtam.work_calendar.seeding import seed_calendar

__all__ = [
    "CALENDAR_CHANGED",
    "WORKING_DAY_TABLE",
    "CalendarEffect",
    "calendar_without_correction",
    "mark_correction_applied",
    "record_moved_due_dates",
    "register_preview",
    "seed_calendar",
    "working_calendar",
]
