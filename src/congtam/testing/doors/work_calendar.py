"""What tests of other rooms use of work_calendar beyond its door."""

from congtam.work_calendar.corrections import correct_calendar
from congtam.work_calendar.corrections import preview_effects as preview_correction
from congtam.work_calendar.domain.corrections import CalendarCorrection, DayChange, HoursChange

__all__ = [
    "CalendarCorrection",
    "DayChange",
    "HoursChange",
    "correct_calendar",
    "preview_correction",
]
