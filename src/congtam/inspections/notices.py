"""Notifying the head of a unit that its inspection was announced (thông báo cho thủ trưởng đơn vị)."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

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
from congtam.foundation.public import Role, clock
from congtam.foundation.role_holders import holders_of_role
from congtam.inspections.models import InspectionPack
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.ui.public import current_language

KIND: Final = "inspections.announced"


def notify_heads(pack: InspectionPack) -> None:
    """Notify those who lead the unit today, once for each pack; see `congtam.foundation.notify`."""
    notify_all(
        NewNotification(
            kind=KIND,
            to=Recipient(username=username),
            subject=Ref("inspection_pack", pack.key),
            dedupe_key=f"{KIND}:{pack.key}",
            channels=(NotificationChannel.EMAIL, NotificationChannel.DESK),
            unit_code=pack.unit_code,
            data={"unit": pack.unit_name, "start": f"{pack.period_start}", "end": f"{pack.period_end}"},
        )
        for username in holders_of_role(Role.UNIT_HEAD, unit_code=pack.unit_code, on=today(clock()))
    )


def withdraw_notices(pack: InspectionPack) -> None:
    """Take back what nobody has read yet: the inspection is withdrawn."""
    withdraw(Ref("inspection_pack", pack.key), kind=KIND)


def render_notice(notification: Notification) -> NotificationText:
    """The text: which unit, which period, and where to read on."""
    data = notification.data
    period = Period.parse(f"{data['start']}..{data['end']}").label(current_language())
    return NotificationText(
        subject=_("Inspection announced: {unit}, {period}").format(unit=data["unit"], period=period),
        body=_(
            "An inspection of {unit} for {period} is announced. Sign in to read the figures of the unit; "
            "the preparation has the number {key}."
        ).format(unit=data["unit"], period=period, key=notification.subject_code),
        url=reverse("inspections:pack", args=[notification.subject_code]),
    )
