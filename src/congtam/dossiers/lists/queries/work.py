"""Work lists (danh sách công việc): what waits for a person, for an office, for the applicant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Q, QuerySet

from congtam.dossiers.domain.states import State
from congtam.dossiers.lists.queries.filters import Filters, apply_filters, is_costly_search
from congtam.dossiers.lists.queries.listing import (
    COUNTED_TO,
    PAGE_SIZE,
    SEARCH_COUNTED_TO,
    Counting,
    DossierPage,
    count_dossiers,
    read_page,
)
from congtam.dossiers.models import Dossier, DossierQuerySet, Filing
from congtam.dossiers.record.permissions import receivable_units
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor, Role
from congtam.kernel.clock import LOCAL, local_day
from congtam.org_units.public import visible_units
from congtam.work_calendar.public import working_calendar

SOON: Final = 3
"""Working days ahead that "due soon" looks, unless chosen otherwise."""

DESK_ROLES: Final = (Role.CLERK, Role.OFFICER, Role.UNIT_HEAD)
WAITING_ROLES: Final = (*DESK_ROLES, Role.LEADER)
"""Whose next move a dossier may be: a leader has no place at the desk, but steps to approve."""
_WAITING: Final = (State.AWAITING_SUPPLEMENT.value, State.AWAITING_PAYMENT.value)


class WorkKind(StrEnum):
    """One work list."""

    MINE = "mine"
    TO_ACCEPT = "to_accept"
    OFFICE = "office"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING_APPLICANT = "waiting_applicant"
    TO_RETURN = "to_return"
    FILINGS = "filings"


@dataclass(frozen=True, kw_only=True)
class WorkQuery:
    """Who asks for a work list, when, and how far ahead."""

    to: Actor
    now: datetime
    days: int = SOON


def dossiers_in_list(kind: WorkKind, query: WorkQuery) -> DossierQuerySet:
    """The visible dossiers of a work list, in no order; the filings are in ``waiting_filings``."""
    return _LISTS[kind](visible_to(query.to), query)


def work_dossiers(kind: WorkKind, query: WorkQuery, filters: Filters) -> DossierQuerySet:
    """The dossiers of a work list that the filters ask for, in no order."""
    return apply_filters(dossiers_in_list(kind, query), filters, to=query.to, now=query.now)


def work_list(
    kind: WorkKind,
    *,
    to: Actor,
    now: datetime,
    filters: Filters | None = None,
    after: str | None = None,
    limit: int = PAGE_SIZE,
    days: int = SOON,
) -> DossierPage:
    """A page of a work list: what is due first comes first, unless the filters ask for another order."""
    filters = filters or Filters()
    dossiers = work_dossiers(kind, WorkQuery(to=to, now=now, days=days), filters)
    counting = Counting(counted_to=SEARCH_COUNTED_TO) if is_costly_search(filters) else Counting()
    return read_page(
        dossiers, filters.sort or "due", to=to, now=now, after=after, limit=limit, counting=counting
    )


def urgent_dossiers(kind: WorkKind, query: WorkQuery, *, limit: int) -> list[Dossier]:
    """The first of a work list by due date, without what waits for the applicant.

    A supplement whose time has run out waits for the office again, which ends the dossier.
    """
    dossiers = dossiers_in_list(kind, query)
    waiting = Q(state__in=_WAITING) & (
        Q(desk__supplement_due_at__isnull=True) | Q(desk__supplement_due_at__gte=query.now)
    )
    page = read_page(
        dossiers.exclude(waiting), "due", to=query.to, now=query.now, limit=limit, counting=Counting()
    )
    return list(page.rows)


def work_counts(query: WorkQuery) -> dict[WorkKind, int]:
    """How much is in each list, counted no further than one more than ``COUNTED_TO``."""
    counts = {kind: count_dossiers(dossiers_in_list(kind, query)) for kind in _LISTS}
    return {**counts, WorkKind.FILINGS: waiting_filings(query.to)[: COUNTED_TO + 1].count()}


def waiting_filings(to: Actor) -> QuerySet[Filing]:
    """Online filings that the actor's one-stop shops have not answered yet, the earliest due first."""
    units = receivable_units(to)
    waiting = Filing.objects.filter(state="submitted").order_by("answer_due_at", "id")
    return waiting if units.everything else waiting.filter(unit_code__in=units.codes)


def end_of_working_day(now: datetime, days: int) -> datetime:
    """Midnight after the working day so many working days from now; 0 is today, worked or not."""
    last = working_calendar().add_working_days(local_day(now), days)
    return datetime.combine(last + timedelta(days=1), time(0), LOCAL)


def _waiting_for_roles_filter(to: Actor, *roles: Role) -> Q:
    """The desk dossiers whose next move is one of the actor's roles over their unit."""
    mine = Q(pk__in=[])
    for role in roles:
        units = visible_units(to, role)
        if units.everything:
            mine |= Q(desk__role=role)
        elif units.codes:
            mine |= Q(desk__role=role, desk__unit_code__in=units.codes)
    return mine


def _held_by_actor(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    return dossiers.filter(desk__holder=query.to.username, desk__is_offered=False).exclude(desk__holder="")


def _waiting_for_acceptance(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    for_me = Q(desk__holder="") & _waiting_for_roles_filter(query.to, *WAITING_ROLES) | Q(
        desk__holder=query.to.username
    )
    return dossiers.filter(for_me, desk__is_offered=True)


def _at_own_office(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    return dossiers.filter(_waiting_for_roles_filter(query.to, *WAITING_ROLES))


def _due_today(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    begins = datetime.combine(local_day(query.now), time(0), LOCAL)
    return dossiers.open().filter(due_at__gte=begins, due_at__lt=begins + timedelta(days=1))


def _due_soon(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    return dossiers.open().filter(due_at__gte=query.now, due_at__lt=end_of_working_day(query.now, query.days))


def _only_overdue(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    return dossiers.overdue(at=query.now)


def _only_waiting(dossiers: DossierQuerySet, _query: WorkQuery) -> DossierQuerySet:
    return dossiers.open().filter(state__in=_WAITING)


def _to_return(dossiers: DossierQuerySet, query: WorkQuery) -> DossierQuerySet:
    return dossiers.filter(_waiting_for_roles_filter(query.to, Role.CLERK), state=State.FINISHED.value)


_LISTS: Final[Mapping[WorkKind, Callable[[DossierQuerySet, WorkQuery], DossierQuerySet]]] = {
    WorkKind.MINE: _held_by_actor,
    WorkKind.TO_ACCEPT: _waiting_for_acceptance,
    WorkKind.OFFICE: _at_own_office,
    WorkKind.DUE_TODAY: _due_today,
    WorkKind.DUE_SOON: _due_soon,
    WorkKind.OVERDUE: _only_overdue,
    WorkKind.WAITING_APPLICANT: _only_waiting,
    WorkKind.TO_RETURN: _to_return,
}
