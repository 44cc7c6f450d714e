"""Days off and office hours (lịch làm việc)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkCalendarConfig(AppConfig):
    """The calendar that due dates are counted on."""

    name = "congtam.work_calendar"
    label = "work_calendar"
    verbose_name = _("Work calendar")
