"""What the reports do by themselves (việc tự động)."""

from __future__ import annotations

from congtam.foundation.public import clock, periodic
from congtam.kernel.clock import today
from congtam.reports.actions.reminder_notices import notify_of_week
from congtam.reports.reminders.weeks import is_first_working_day
from congtam.work_calendar.public import working_calendar


@periodic(name="reports.remind_weekly", cron="0 0 * * *")
def remind_weekly() -> None:
    """Remind of late and due dossiers at 7 in the morning of Monday, or of the first day worked in the week."""
    remind_on_first_working_day()


def remind_on_first_working_day() -> int:
    """Notify if the week begins today; how many notifications were due."""
    day = today(clock())
    return notify_of_week(day) if is_first_working_day(day, working_calendar()) else 0
