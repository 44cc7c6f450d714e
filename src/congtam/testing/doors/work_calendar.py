"""What tests of other rooms use of work_calendar beyond its door."""

from congtam.work_calendar.corrections import correct_calendar
from congtam.work_calendar.corrections import would_move as preview_correction
from congtam.work_calendar.domain.corrections import Correction, DayChange, HoursChange

__all__ = [
    "Correction",
    "DayChange",
    "HoursChange",
    "correct_calendar",
    "preview_correction",
]
