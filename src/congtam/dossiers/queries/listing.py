"""Lists of dossiers, a page at a time (danh sách hồ sơ)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from congtam.dossiers.models import Dossier, DossierQuerySet, Subject
from congtam.dossiers.queries.sight import get_visible, visible_to
from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import visible_units

PAGE_SIZE: Final = 50
COUNTED_TO: Final = 1000
_SUBJECTS: Final = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a person looks for; empty fields ask for nothing."""

    unit_code: str = ""
    state: str = ""
    text: str = ""
    overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """One page of a list: its rows, the code to go on after, and how many there are up to ``COUNTED_TO``."""

    rows: Sequence[Dossier]
    next_after: str | None
    count: int


def list_dossiers(
    filters: Filters, *, to: Actor, now: datetime, after: str | None = None, limit: int = PAGE_SIZE
) -> DossierPage:
    """A page of the dossiers an actor may see: latest first, or longest overdue first when asked for overdue ones."""
    found = _filtered(filters, to=to, now=now)
    count = found[: COUNTED_TO + 1].count() if after is None else 0
    order = ("due_at", "id") if filters.overdue else ("-received_at", "-id")
    page = _after(found, after, to=to, overdue=filters.overdue) if after else found
    rows = list(page.order_by(*order)[: limit + 1])
    more = len(rows) > limit
    return DossierPage(rows=rows[:limit], next_after=rows[limit - 1].code if more else None, count=count)


def _filtered(filters: Filters, *, to: Actor, now: datetime) -> DossierQuerySet:
    found = visible_to(to)
    if filters.unit_code:
        found = _within(found, filters.unit_code, actor=to)
    if filters.overdue:
        found = found.overdue(at=now)
    if filters.state:
        found = found.filter(state=filters.state)
    return _matching(found, filters.text.strip()) if filters.text.strip() else found


def _within(found: DossierQuerySet, unit_code: str, *, actor: Actor) -> DossierQuerySet:
    if unit_code not in visible_units(actor):
        raise NotFound(kind="unit", key=unit_code)
    below = visible_units(
        Actor(username="", name="", grants=(Grant(role=Role.OBSERVER, unit_code=unit_code),))
    )
    return found.filter(unit_code__in=below.codes)


def _matching(found: DossierQuerySet, text: str) -> DossierQuerySet:
    """By the beginning of the code when a visible dossier has it, else by words of the procedure or field."""
    beginnings = {nfc(text), nfc(text).upper()}
    by_code = Q()
    for beginning in beginnings:
        by_code |= Q(code__startswith=beginning)
    if " " not in text and found.filter(by_code).exists():
        return found.filter(by_code)
    subjects = Subject.objects.all()
    for word in fold(text).split():
        subjects = subjects.filter(search_key__contains=word)
    return found.filter(subject_id__in=list(subjects.values_list("pk", flat=True)[:_SUBJECTS]))


def _after(found: DossierQuerySet, code: str, *, to: Actor, overdue: bool) -> DossierQuerySet:
    """What follows a dossier in the order of the list; the code is the only key that leaves the process."""
    last = get_visible(code, to=to)
    if overdue and last.due_at is not None:
        return found.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.pk))
    return found.filter(received_at__lte=last.received_at).exclude(
        received_at=last.received_at, id__gte=last.pk
    )
