"""Which days and hours are worked, and arithmetic with them (lịch làm việc)."""

from congtam.kernel.work_calendar.calendar import WorkCalendar
from congtam.kernel.work_calendar.days import CalendarRow, DayKind, DayNote, OutsideCalendar
from congtam.kernel.work_calendar.hours import DEFAULT_HOURS, OfficeHours
from congtam.kernel.work_calendar.sources import UNCOMPARED, LegalSource, legal_source

__all__ = [
    "DEFAULT_HOURS",
    "UNCOMPARED",
    "CalendarRow",
    "DayKind",
    "DayNote",
    "LegalSource",
    "OfficeHours",
    "OutsideCalendar",
    "WorkCalendar",
    "legal_source",
]
