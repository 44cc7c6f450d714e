"""What the list of dossiers shows (danh sách hồ sơ)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from congtam.dossiers.domain.clock import DossierClock, verdict_by_instant
from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.labels import STATES, VERDICTS
from congtam.dossiers.models import Dossier
from congtam.dossiers.queries import COUNTED_TO, DossierPage, Filters
from congtam.dossiers.web.texts import moment
from congtam.foundation.public import Actor
from congtam.org_units.public import find_unit, find_version
from congtam.ui.public import number


def filters_of(query: QueryDict) -> Filters:
    """The filters of a query string; what is not understood asks for nothing."""
    state = query.get("state", "")
    return Filters(
        unit_code=query.get("unit", "").strip()[:40],
        state=state if state in set(State) else "",
        text=query.get("q", "")[:200],
        overdue=query.get("overdue") == "1",
    )


def context(page: DossierPage, filters: Filters, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The values of the template."""
    chosen = find_unit(filters.unit_code) if filters.unit_code else None
    return {
        "filters": filters,
        "unit_name": chosen.name if chosen else "",
        "own_units": _own_units(actor),
        "states": [{"code": code, "text": label.text} for code, label in STATES.items()],
        "rows": _rows(page, now),
        "summary": _summary(page),
        "next_url": _url(filters, after=page.next_after) if page.next_after else "",
        "is_filtered": filters != Filters(),
    }


def _own_units(actor: Actor) -> list[dict[str, str]]:
    """The units a person holds roles over, to choose from; any visible code may be typed."""
    codes = sorted({grant.unit_code for grant in actor.grants if grant.unit_code != "*"})
    return [{"code": code, "name": unit.name} for code in codes if (unit := find_unit(code))]


def _summary(page: DossierPage) -> str:
    if not page.count:
        return _("{count} dossiers on this page").format(count=len(page.rows))
    if page.count > COUNTED_TO:
        return _("more than {count} dossiers").format(count=_grouped(COUNTED_TO))
    return _("{count} dossiers").format(count=_grouped(page.count))


def _grouped(count: int) -> str:
    from django.utils.translation import get_language

    return number(count, get_language() or "vi")


def _url(filters: Filters, *, after: str | None = None) -> str:
    asked = {"q": filters.text, "unit": filters.unit_code, "state": filters.state}
    asked |= {"overdue": "1" if filters.overdue else "", "after": after or ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def clock_of(dossier: Dossier) -> DossierClock:
    """The dates of a dossier that decide about lateness; without its pauses."""
    return DossierClock(
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        is_open=dossier.state in OPEN,
        time_zone=dossier.time_zone,
        limit_text=dossier.limit_text,
    )


def _rows(page: DossierPage, now: datetime) -> list[dict[str, Any]]:
    """The rows of the table; what a unit is called is looked up once a unit and day."""
    called = {(row.unit_code, row.received_at.date()) for row in page.rows}
    names = {key: unit.name for key in called if (unit := find_version(*key))}
    return [
        _row(row, now, unit=names.get((row.unit_code, row.received_at.date()), row.unit_code))
        for row in page.rows
    ]


def _row(dossier: Dossier, now: datetime, *, unit: str) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name or dossier.procedure_code,
        "field": dossier.field_name,
        "unit_code": dossier.unit_code,
        "unit": unit,
        "received": moment(dossier.received_at, dossier.time_zone),
        "due": moment(dossier.due_at, dossier.time_zone),
        "finished": moment(dossier.finished_at, dossier.time_zone),
        "state": STATES[dossier.state],
        "verdict": VERDICTS[verdict_by_instant(clock_of(dossier), now=now)],
    }
