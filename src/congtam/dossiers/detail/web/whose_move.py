"""Whose move it is and until when (ai đang phải làm, hạn đến lúc nào), in one line for each state of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.remaining import remaining_badge
from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record.desk_queries import is_parent_ended, visible_parent
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.dossiers.record.labels import GROUNDS, RETURN_WAYS, ROLES, STATES
from congtam.foundation.public import Actor
from congtam.work_calendar.public import working_calendar


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who looks, when, and what the people of the dossier are called."""

    actor: Actor
    names: Mapping[str, str]
    now: datetime


def current_holder_context(dossier: Dossier, desk: DeskRecord, *, viewer: Viewer) -> dict[str, Any]:
    """The values of ``desk/move.html``."""
    state = State(dossier.state)
    if state in _WAITING:
        text, tone = str(_WAITING[state]()), "waiting"
    elif not desk.role:
        text, tone = _("The dossier is closed"), "over"
    else:
        text, tone = _staff_turn_text(dossier, desk, viewer), ""
    return {
        "text": text,
        "tone": tone,
        "office": "" if tone else desk.office,
        "how": _ending_text(dossier) if tone == "over" else "",
        "stopped": _pause_ground(dossier) if not tone else "",
        "dates": list(_binding_dates(dossier, desk, now=viewer.now)),
        "parent": _ended_parent_context(dossier, desk, viewer),
    }


_WAITING = {
    State.AWAITING_SUPPLEMENT: lambda: _("Waiting for the applicant to submit the supplement"),
    State.AWAITING_PAYMENT: lambda: _("Waiting for the applicant to pay"),
}


def _staff_turn_text(dossier: Dossier, desk: DeskRecord, viewer: Viewer) -> str:
    at_hand = DossierProcess.parse(desk.process).find(desk.position)
    step = (at_hand.name if at_hand else "") or desk.office
    if desk.holder and desk.holder == viewer.actor.username:
        text = _("Waiting for your acceptance: {step}") if desk.is_offered else _("Your turn to act: {step}")
        return text.format(step=step)
    if dossier.state == State.FINISHED:
        way = str(RETURN_WAYS[desk.return_way].text).lower()
        return _("The result is ready to be returned: {way}").format(way=way)
    role = ROLES.get(desk.role)
    who = viewer.names.get(desk.holder, desk.holder) or str(role.text if role else desk.role)
    text = _("Waiting for acceptance by {who}") if desk.is_offered else _("Held by {who}")
    return text.format(who=who)


def _ending_text(dossier: Dossier) -> str:
    """How it ended, and when."""
    at = dossier.returned_at or dossier.finished_at
    text = str(STATES[dossier.state].text)
    return f"{text} · {moment(at, dossier.time_zone)}" if at else text


def _ended_parent_context(dossier: Dossier, desk: DeskRecord, viewer: Viewer) -> dict[str, str] | None:
    """That the dossier this one was opened for ended without a result; which, how and when only to who may see it."""
    if not is_parent_ended(dossier, desk):
        return None
    parent = visible_parent(desk.parent_code, to=viewer.actor)
    if parent is None:
        return {"how": "", "code": ""}
    return {"how": _ending_text(parent), "code": parent.code}


def _pause_ground(dossier: Dossier) -> str:
    """Why the clock stands still though the dossier is with the office."""
    pause = next((pause for pause in dossier.suspensions.all() if pause.ended_at is None), None)
    return str(GROUNDS[pause.ground].text) if pause else ""


def _binding_dates(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> Iterator[dict[str, Any]]:
    """The dates that bind whoever has to act; a clock that stands still has no time left to tell."""
    state = State(dossier.state)
    runs = state not in _WAITING and not _pause_ground(dossier)
    if state is State.AWAITING_SUPPLEMENT and desk.supplement_due_at:
        yield _date_row(_("Supplement due by"), desk.supplement_due_at, now=now)
    if state not in _WAITING and desk.role and desk.step_due_at:
        yield _date_row(_("Step due by"), desk.step_due_at, now=now if runs else None)
    if dossier.due_at and (state in OPEN or state is State.FINISHED):
        yield _date_row(_("Result due by"), dossier.due_at, now=now if runs and state in OPEN else None)


def _date_row(label: str, at: datetime, *, now: datetime | None) -> dict[str, Any]:
    """A date with what is left until then, where that can be told."""
    remaining = remaining_badge(at, now=now, calendar=working_calendar()) if now else None
    return {"label": label, "at": moment(at), "left": remaining}
