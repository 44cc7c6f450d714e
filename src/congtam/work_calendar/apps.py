"""Days off and office hours (lịch làm việc)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkCalendarConfig(AppConfig):
    """The calendar that due dates are counted on."""

    name = "congtam.work_calendar"
    label = "work_calendar"
    verbose_name = _("Work calendar")

    def ready(self) -> None:
        """Declare what is sealed; nothing else happens at start."""
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.work_calendar.models import CalendarChange, CalendarDay, OfficeHoursRule

        declare_sealed(SealedModel(model=CalendarDay, describe=lambda row: f"{row.day}"))
        declare_sealed(SealedModel(model=OfficeHoursRule, describe=lambda row: f"{row.since}"))
        declare_sealed(
            SealedModel(
                model=CalendarChange, leaves_out=frozenset({"is_applied"}), describe=lambda row: row.key
            )
        )
