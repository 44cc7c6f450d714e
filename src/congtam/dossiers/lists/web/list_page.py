"""What a list of dossiers shows (danh sách hồ sơ)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.domain.clock import DossierClock
from congtam.dossiers.deadlines.web.remaining import due_badge, remaining_badge
from congtam.dossiers.deadlines.web.texts import stated_moment
from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.lists.queries import DossierPage, Filters, parse_filters
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import ended_parents
from congtam.dossiers.record.labels import CHANNELS, ROLES, STATES
from congtam.dossiers.record.people import display_names
from congtam.dossiers.record.permissions import MAY_SEE_PERSONS
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import local_day, today
from congtam.kernel.errors import InputRefused, Problem
from congtam.kernel.work_calendar import WorkCalendar
from congtam.org_units.public import register, resolve_unit_code, unit_name, unit_text, visible_units
from congtam.ui.public import Label, current_language, number
from congtam.work_calendar.public import working_calendar

_DETAILED: Final = (
    "procedure",
    "field",
    "channel",
    "officer",
    "received_from",
    "received_to",
    "due_from",
    "due_to",
    "import_key",
    "sort",
)


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """What was asked of a list: the words as typed, the filters they mean, or what is wrong with them."""

    parameters: Mapping[str, str]
    filters: Filters
    problems: Sequence[Problem] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """What the address says besides the filters, such as which work list."""

    @property
    def after(self) -> str | None:
        """The place to go on after."""
        return self.parameters.get("after") or None

    @property
    def query(self) -> str:
        """The address again, without a place."""
        return self.url()[1:]

    def url(self, **changed: str) -> str:
        """The address with some parameters changed; it never carries a place unless told."""
        others = {name: value for name, value in self.parameters.items() if name != "after"}
        values = {**self.extra, **others, **changed}
        return "?" + urlencode({name: value for name, value in values.items() if value})


def parse_list_query(query: Mapping[str, str], *, actor: Actor, **extra: str) -> ListQuery:
    """Read an address; what cannot be understood is kept as typed, with what is wrong."""
    parameters = {name: str(value)[:500] for name, value in query.items() if name not in extra}
    try:
        if parameters.get("unit"):
            parameters["unit"] = resolve_unit_code(parameters["unit"], on=today(clock()), to=actor)
        return ListQuery(parameters=parameters, filters=parse_filters(parameters), extra=extra)
    except InputRefused as refused:
        return ListQuery(parameters=parameters, filters=Filters(), problems=refused.problems, extra=extra)


def filter_context(list_query: ListQuery) -> dict[str, Any]:
    """The filter form, with everything typed and problems by field."""
    return {
        "parameters": list_query.parameters,
        "extra": list_query.extra,
        "problems": list_query.problems,
        "wrong": {problem.column for problem in list_query.problems},
        "unit_name": unit_name(list_query.filters.unit_code),
        "unit_text": unit_text(list_query.parameters.get("unit", ""), on=today(clock())),
        "states": _filter_options(STATES),
        "channels": _filter_options(CHANNELS),
        "sorts": _sort_options(),
        "is_detailed": any(list_query.parameters.get(name) for name in _DETAILED),
        "is_filtered": list_query.filters != Filters() or bool(list_query.problems),
    }


def table_context(page: DossierPage, list_query: ListQuery, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The rows and what leads on from them."""
    return {
        "rows": table_rows(page, actor=actor, now=now),
        "summary": _count_summary(page, is_first=list_query.after is None),
        "count_url": _count_url(page, list_query),
        "next_url": list_query.url(after=page.next_after) if page.next_after else "",
        "first_url": list_query.url() or "?" if list_query.after else "",
        "query": list_query.query,
    }


def _filter_options(labels: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"code": str(code), "text": label.text} for code, label in labels.items()]


def _sort_options() -> list[dict[str, str]]:
    labels = {
        "": _("Default"),
        "-received": _("Newest received first"),
        "received": _("Oldest received first"),
        "due": _("Earliest due first"),
        "-due": _("Latest due first"),
        "step_due": _("Earliest step due first (desk only)"),
        "code": _("Code, ascending"),
        "-code": _("Code, descending"),
    }
    return [{"code": code, "text": text} for code, text in labels.items()]


def _count_summary(page: DossierPage, *, is_first: bool) -> str:
    if not is_first:
        return _("{count} dossiers on this page").format(count=len(page.rows))
    return count_text(page.count, counted_to=page.counted_to)


def count_text(count: int, *, counted_to: int) -> str:
    """How many dossiers, as far as they were counted."""
    if count > counted_to:
        return _("more than {count} dossiers").format(count=number(counted_to, current_language()))
    return exact_count_text(count)


def exact_count_text(count: int) -> str:
    """How many dossiers, all counted."""
    return _("{count} dossiers").format(count=number(count, current_language()))


def _count_url(page: DossierPage, list_query: ListQuery) -> str:
    """Where all of a list are counted; empty where the page did it."""
    return f"{reverse('dossiers:count')}?{list_query.query}" if page.count > page.counted_to else ""


def clock_of(dossier: Dossier) -> DossierClock:
    """The dates of a dossier that decide about lateness; without its pauses."""
    return DossierClock(
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        is_open=dossier.state in OPEN,
        time_zone=dossier.time_zone,
        limit_text=dossier.limit_text,
        ended_as=dossier.state,
    )


def _step_remaining_badge(
    dossier: Dossier, due_at: datetime | None, *, now: datetime, calendar: WorkCalendar
) -> Label | None:
    """What is left of the step; nothing is told while the clock stands still, for the step is given its time back."""
    if due_at is None or getattr(dossier, "is_stopped", False):
        return None
    return remaining_badge(due_at, now=now, calendar=calendar)


def table_rows(page: DossierPage, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The rows of a table of dossiers; what a unit is called is looked up once a unit and day."""
    units, calendar = register(), working_calendar()
    called = {(row.unit_code, local_day(row.received_at)) for row in page.rows}
    names = {key: units.name_on(*key) for key in called}
    persons = visible_units(actor, *MAY_SEE_PERSONS)
    of_desk = [(row, desk) for row in page.rows if (desk := getattr(row, "desk", None))]
    people = display_names(name for row, desk in of_desk for name in (desk.holder, row.officer))
    ended = ended_parents(desk.parent_code for row, desk in of_desk if row.state in OPEN)
    return [
        _dossier_row(row, now, calendar, people=people)
        | {
            "unit": names[row.unit_code, local_day(row.received_at)],
            "applicant": row.applicant if row.unit_code in persons else "",
            "is_parent_ended": row.state in OPEN and _parent_code(row) in ended,
        }
        for row in page.rows
    ]


def _parent_code(row: Dossier) -> str:
    desk = getattr(row, "desk", None)
    return desk.parent_code if desk else ""


def _dossier_row(
    dossier: Dossier, now: datetime, calendar: WorkCalendar, *, people: Mapping[str, str]
) -> dict[str, Any]:
    desk = getattr(dossier, "desk", None)
    row = {
        "code": dossier.code,
        "procedure": dossier.procedure_name or dossier.procedure_code,
        "field": dossier.field_name,
        "received": stated_moment(dossier.received_at, dossier.time_zone),
        "due": stated_moment(dossier.due_at, dossier.time_zone, is_limit=True),
        "finished": stated_moment(dossier.finished_at, dossier.time_zone) if dossier.finished_at else "",
        "state": STATES[dossier.state],
        "due_badge": due_badge(dossier, now=now, calendar=calendar),
        "holder": people.get(dossier.officer, dossier.officer) if desk else dossier.officer,
        "is_desk": desk is not None,
    }
    if desk is not None and desk.role:
        row |= {
            "office": desk.office or ROLES[desk.role].text,
            "holder": people.get(desk.holder, desk.holder),
            "is_offered": desk.is_offered,
            "step": _step_remaining_badge(dossier, desk.step_due_at, now=now, calendar=calendar),
        }
    return row
