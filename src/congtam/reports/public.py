"""What rooms above may use of the reports: forms for those who hold a dossier's slip, the reminder of a week."""

from congtam.reports.actions.forms import form_for_holder
from congtam.reports.reminders.counting import Reminder, count_reminder
from congtam.reports.reminders.links import reminder_url, rows_url
from congtam.reports.reminders.message import as_of_text
from congtam.reports.reminders.weeks import usual_week

__all__ = [
    "Reminder",
    "as_of_text",
    "count_reminder",
    "form_for_holder",
    "reminder_url",
    "rows_url",
    "usual_week",
]
