"""What waits for the person (việc đang chờ tôi): by urgency, each line with its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from congtam.dossiers.lists.public import WaitingLine, waiting_lines
from congtam.foundation.notify import Notification, is_declared, render_notification, unread_summary
from congtam.foundation.public import Actor, Role
from congtam.home.slots import HOME_NEEDS, Need
from congtam.home.web.attention import list_attention
from congtam.home.web.leader import LEADERS
from congtam.home.web.roles import MAY_PREPARE
from congtam.inspections import public as inspections
from congtam.kernel.periods import Period
from congtam.ui.public import current_language, instant

MOST_DRAFTS: Final = 3
WORKING: Final = (Role.CLERK, Role.OFFICER, Role.UNIT_HEAD, Role.LEADER)
"""Whose next move a dossier may be."""
_TONES: Final[Mapping[str, int]] = {"bad": 0, "warn": 1, "": 2}


def list_needs(actor: Actor, now: datetime, *, of_units: Sequence[Mapping[str, Any]]) -> list[Need]:
    """Every line for the person: alarms before what is pressing, and that before the rest.

    ``of_units`` are the units whose figures are looked at for what needs attention.
    """
    lines = [
        *_notification_needs(actor),
        *HOME_NEEDS.offers(None, to=actor),
        *(_desk_need(line) for line in _desk_lines(actor, now)),
        *_draft_pack_needs(actor),
        *(need for unit in of_units for need in _attention_needs(unit, actor)),
    ]
    return sorted(lines, key=lambda need: _TONES[need.tone])


def _desk_lines(actor: Actor, now: datetime) -> list[WaitingLine]:
    """Of a leader's desk only what waits for the leader: what is late stands by itself on that page."""
    lines = waiting_lines(actor, now) if actor.has_role(*WORKING) else []
    return [line for line in lines if line.is_decision] if actor.has_role(*LEADERS) else lines


def _desk_need(line: WaitingLine) -> Need:
    return Need(text=f"{line.name}: {line.shown}", url=line.url, icon=line.icon, tone=line.tone)


def _attention_needs(unit: Mapping[str, Any], actor: Actor) -> Iterator[Need]:
    """What needs attention in a unit shown in tiles; a leader reads it in the unit itself."""
    if "figures_by_code" in unit:
        lines = list_attention(unit["figures_by_code"], unit["name"], actor)
        yield from (Need(**line) for line in lines)


def _notification_needs(actor: Actor) -> Iterator[Need]:
    """Notifications that were not read yet."""
    unread = unread_summary(actor)
    for notification in unread.late:
        yield from _notification_need(notification, is_late=True)
    for notification in unread.waiting:
        yield from _notification_need(notification, is_late=False)


def _notification_need(notification: Notification, *, is_late: bool) -> Iterator[Need]:
    if not is_declared(notification.kind):
        return
    text = render_notification(notification)
    yield Need(
        text=text.subject,
        url=text.url,
        detail=instant(notification.done_at),
        icon="bell",
        tone="bad" if is_late else "warn",
        code=notification.code,
    )


def _draft_pack_needs(actor: Actor) -> Iterator[Need]:
    """Packs that were prepared and neither announced nor withdrawn, the newest ones."""
    if not actor.has_role(*MAY_PREPARE):
        return
    for pack in inspections.visible_packs(actor).filter(state="draft")[:MOST_DRAFTS]:
        yield Need(
            text=gettext("Inspection of {unit}: announce or withdraw").format(unit=pack.unit_name),
            url=reverse("inspections:pack", args=[pack.key]),
            detail=Period(pack.period_start, pack.period_end).label(current_language()),
            icon="checklist",
        )
