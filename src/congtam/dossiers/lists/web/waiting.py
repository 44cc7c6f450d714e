"""What waits for a person at the desk (việc đang chờ), for pages of other rooms: by urgency, nothing that is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.lists.queries import DossierPage
from congtam.dossiers.lists.queries.work import (
    WAITING_ROLES,
    WorkKind,
    WorkQuery,
    urgent_dossiers,
    work_counts,
)
from congtam.dossiers.lists.web.list_page import table_rows
from congtam.dossiers.lists.web.tabs import NAMES, count_label, kinds_for, list_address
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import consultations
from congtam.foundation.public import Actor, Role

Tone = Literal["bad", "warn", ""]
_URGENCY: Final[Mapping[WorkKind, tuple[str, Tone]]] = {
    WorkKind.OVERDUE: ("clock", "bad"),
    WorkKind.DUE_TODAY: ("clock", "warn"),
    WorkKind.FILINGS: ("file-import", "warn"),
    WorkKind.TO_ACCEPT: ("inbox", "warn"),
    WorkKind.OFFICE: ("users", ""),
    WorkKind.MINE: ("clipboard-list", ""),
    WorkKind.TO_RETURN: ("circle-check", ""),
    WorkKind.DUE_SOON: ("calendar", ""),
}
"""Icon and tone of each list, the most pressing first; what waits for the applicant waits for nobody here."""
_THEIR_MOVE: Final = (WorkKind.TO_ACCEPT, WorkKind.OFFICE, WorkKind.MINE)
"""The lists of what waits for the person's own next move."""


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """How many of what waits, and the list of it."""

    count: int
    shown: str
    name: str
    icon: str
    tone: Tone
    url: str
    is_decision: bool = False
    """Whether the next move is this person's own."""


def waiting_lines(actor: Actor, now: datetime) -> list[WaitingLine]:
    """The lists that hold something for the person, the most pressing first; each opens as many as it says."""
    counts, offered = work_counts(WorkQuery(to=actor, now=now)), set(kinds_for(actor))
    lines = [
        WaitingLine(
            count=counts[kind],
            shown=count_label(counts[kind]),
            name=str(NAMES[kind]),
            icon=icon,
            tone=tone,
            url=list_address(kind),
            is_decision=kind in _THEIR_MOVE,
        )
        for kind, (icon, tone) in _URGENCY.items()
        if kind in offered and counts[kind]
    ]
    return [*lines, *_consultation_lines(actor)]


def _consultation_lines(actor: Actor) -> list[WaitingLine]:
    """Questions of other offices; only whoever handles dossiers gets any."""
    count = len(consultations(to=actor)) if actor.has_role(Role.OFFICER, Role.UNIT_HEAD) else 0
    if not count:
        return []
    return [
        WaitingLine(
            count=count,
            shown=count_label(count),
            name=_("Questions from other offices"),
            icon="users",
            tone="",
            url=reverse("dossiers:consultations"),
            is_decision=True,
        )
    ]


def urgent_rows(actor: Actor, now: datetime, *, limit: int) -> list[dict[str, Any]]:
    """The dossiers whose next move is the person's, the earliest due first; results to return after open ones.

    What waits for the applicant is not among them: nobody at the office can do anything about it.
    """
    if not actor.has_role(*WAITING_ROLES):
        return []
    query = WorkQuery(to=actor, now=now)
    lists = (urgent_dossiers(kind, query, limit=limit) for kind in _THEIR_MOVE)
    dossiers = {dossier.code: dossier for each in lists for dossier in each}
    urgent = sorted(dossiers.values(), key=_urgency_key)[:limit]
    return table_rows(DossierPage(rows=urgent, next_after=None, count=len(urgent)), actor=actor, now=now)


def _urgency_key(dossier: Dossier) -> tuple[bool, bool, datetime]:
    due_at = dossier.due_at
    return dossier.finished_at is not None, due_at is None, due_at or dossier.received_at
