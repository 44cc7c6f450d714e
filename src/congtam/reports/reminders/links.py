"""Where a reminder and the dossiers behind its counts are (liên kết đôn đốc)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from congtam.indicators.public import Figure
from congtam.kernel.periods import Period
from congtam.reports.reminders.counting import ReminderLine


def reminder_url(unit: str, week: Period) -> str:
    """The page of the reminder of a unit and a week."""
    return f"{reverse('reports:reminders')}?{urlencode({'unit': unit, 'week': week.start.isoformat()})}"


def rows_url(line: ReminderLine, figure: Figure) -> str:
    """The dossiers behind one of its counts."""
    own = {"own": "1"} if line.is_own else {}
    address = reverse("indicators:figure", args=[figure.code, figure.unit])
    return f"{address}?{urlencode({'period': figure.period.text, **own})}#rows"
