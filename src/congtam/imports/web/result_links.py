"""From an import to what came of it: its dossiers, and the figures they count in (liên kết kết quả nhập)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.foundation.references import Ref, resolve
from congtam.imports.models import Import, ImportState
from congtam.kernel.clock import local_day
from congtam.kernel.periods import Period


def result_links(started: Import, *, to: Actor) -> Iterator[dict[str, str]]:
    """The links of an import that is stored."""
    if started.state != ImportState.DONE:
        return
    address = reverse("dossiers:list") + "?" + urlencode({"import_key": started.key})
    yield {"url": address, "text": _("Dossiers of this import"), "icon": "folders"}
    received = [local_day(datetime.fromisoformat(written)) for written in started.report.get("received", ())]
    if received and resolve(Ref("unit", started.unit_code), to=to):
        period = covering_period(*received)
        address = reverse("indicators:unit", args=[started.unit_code]) + "?" + urlencode({"period": period})
        yield {"url": address, "text": _("Figures of the unit in this period"), "icon": "timeline"}


def covering_period(first: date, last: date) -> str:
    """The month of both days, else their quarter, else the year of the last.

    >>> covering_period(date(2024, 1, 5), date(2024, 3, 1)), covering_period(date(2023, 12, 1), date(2024, 3, 1))
    ('2024-Q1', '2024')
    """
    month = Period.month_of(last)
    quarter = Period.of_months(last.year, (last.month - 1) // 3 * 3 + 1, 3)
    covering = (period for period in (month, quarter) if period.contains(first))
    return next(covering, Period.of_year(last.year)).text
