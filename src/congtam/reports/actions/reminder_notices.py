"""Telling heads and reform officers of the week's reminder (thông báo đôn đốc): once a week for each of their units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from congtam.foundation.notify import (
    NewNotification,
    Notification,
    NotificationChannel,
    NotificationText,
    Recipient,
    Ref,
    notify_all,
    withdraw,
)
from congtam.foundation.public import Actor, Grant, Role
from congtam.foundation.role_holders import holders_by_unit
from congtam.indicators.public import RowsNotVisible
from congtam.org_units.public import unit_name, unit_on
from congtam.reports.reminders.counting import ReminderLine, count_total
from congtam.reports.reminders.links import reminder_url
from congtam.reports.reminders.weeks import week_of
from congtam.ui.public import current_language, number

KIND: Final = "reports.reminder"
REMINDED: Final = (Role.UNIT_HEAD, Role.REFORM_OFFICER)
_COUNTED: Final = ("overdue", "unapologised", "due_soon")
_CHANNELS: Final = (NotificationChannel.DESK, NotificationChannel.EMAIL)


@transaction.atomic
def notify_of_week(day: date) -> int:
    """Notify of the week of a day whoever has to act; how many notifications. Running it again writes none twice.

    What was not read of the weeks before is withdrawn: one reminder of a unit is enough.
    """
    notices: list[NewNotification] = []
    for unit, usernames in holders_by_unit(*REMINDED, on=day).items():
        withdraw(Ref("unit", unit), kind=KIND)
        line = _count_for_holder(unit, day)
        if line is not None:
            notices += [_new_notice(line, username, day) for username in usernames]
    notify_all(notices)
    return len(notices)


def _count_for_holder(unit: str, day: date) -> ReminderLine | None:
    """What a holder of a role over the unit sees there; nothing for a unit that is no more or where all is well."""
    if unit_on(unit, day) is None:
        return None
    reader = Actor(username="", name="", grants=(Grant(role=Role.UNIT_HEAD, unit_code=unit),))
    try:
        line = count_total(unit, week_of(day), to=reader)
    except RowsNotVisible:
        return None
    return None if line.is_quiet else line


def _new_notice(line: ReminderLine, username: str, day: date) -> NewNotification:
    week = week_of(day)
    return NewNotification(
        kind=KIND,
        to=Recipient(username=username),
        subject=Ref("unit", line.unit),
        dedupe_key=f"{KIND}:{line.unit}:{week.start}",
        channels=_CHANNELS,
        unit_code=line.unit,
        data={"week": week.start.isoformat(), **dict(zip(_COUNTED, line.counts, strict=True))},
    )


def render_notice(notification: Notification) -> NotificationText:
    """The numbers of Monday morning, and where to see those of now."""
    data, unit = notification.data, notification.subject_code
    url = reminder_url(unit, week_of(date.fromisoformat(data["week"])))
    counts = {name: number(data[name], current_language()) for name in _COUNTED if data[name] is not None}
    subject = gettext("{unit}: overdue {overdue}, due within 7 days {due_soon}").format(
        unit=unit_name(unit), **counts
    )
    return NotificationText(subject=subject, body="\n\n".join(_notice_lines(counts, url)), url=url)


def _notice_lines(counts: dict[str, str], url: str) -> Iterator[str]:
    """Without a word of apologies where of none it is known."""
    if "unapologised" in counts:
        yield gettext("Overdue: {overdue}, of these without an apology: {unapologised}.").format(**counts)
    else:
        yield gettext("Overdue: {overdue}.").format(**counts)
    yield gettext("Due within 7 days: {due_soon}.").format(**counts)
    yield gettext("The list by unit, the reminder letter and a text for your chat group: {link}").format(
        link=f"{settings.CONGTAM_SITE_URL}{url}"
    )
