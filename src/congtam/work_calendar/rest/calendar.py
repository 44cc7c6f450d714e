"""The work calendar over the API (lịch làm việc): read a year, see what a correction would move, put it in force."""

from __future__ import annotations

from datetime import date, datetime, time
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Path, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.parameters import allow_if_match
from congtam.api.responses import has_current_version, if_match_tag, json_response, not_modified_response
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import NotFound
from congtam.work_calendar.calendar import FIRST_YEAR, LAST_YEAR, listed_days, office_hours, working_calendar
from congtam.work_calendar.corrections import correct_calendar, edition_in_force, may_correct, preview_effects
from congtam.work_calendar.domain.corrections import CalendarCorrection, DayChange, HoursChange
from congtam.work_calendar.models import CalendarChange

router = Router(tags=["calendar"])
_SHOWN: Final = 1000
_MOST: Final = 366
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)]
Text = Annotated[str, Field(max_length=300)]


class SpanOut(Schema):
    """A span of office hours."""

    opens: time
    closes: time


class DayOut(Schema):
    """A day that differs from the weekly pattern, with its legal source."""

    day: date
    kind: Literal["day_off", "make_up", "half_day"]
    reason: str
    source: str


class HoursOut(Schema):
    """Office hours that apply from a day on."""

    since: date
    spans: list[SpanOut]


class YearOut(Schema):
    """A year of the calendar; every Saturday and Sunday is off unless it is listed as made up."""

    year: int
    edition: str = Field(description="The ETag; send it as If-Match with a correction.")
    working_days: int
    days: list[DayOut]
    hours: list[HoursOut]


class DayIn(Schema, extra="forbid"):
    """A day as it shall be listed; an empty kind makes it an ordinary day again."""

    day: date = Field(examples=["2026-08-31"])
    kind: Literal["day_off", "make_up", "half_day", ""] = Field(examples=["day_off"])
    reason: Text = Field("", examples=["Nghỉ hoán đổi dịp Quốc khánh"])
    source: Text = Field(examples=["Thông báo 6150/TB-BNV"])


class SpanIn(Schema, extra="forbid"):
    """A span of office hours."""

    opens: time
    closes: time


class HoursIn(Schema, extra="forbid"):
    """Office hours from a day on; no spans take away those entered for that day."""

    since: date
    spans: Annotated[list[SpanIn], Field(max_length=4)]
    source: Text


class CorrectionIn(Schema, extra="forbid"):
    """What is to be changed, together."""

    days: Annotated[list[DayIn], Field(max_length=_MOST)] = Field(
        [],
        examples=[[{"day": "2026-08-31", "kind": "day_off", "reason": "Nghỉ hoán đổi", "source": "TB 6150"}]],
    )
    hours: Annotated[list[HoursIn], Field(max_length=20)] = []

    def to_correction(self) -> CalendarCorrection:
        """As the action takes it."""
        spans = [tuple((span.opens, span.closes) for span in rule.spans) for rule in self.hours]
        return CalendarCorrection(
            days=[DayChange(**day.model_dump()) for day in self.days],
            hours=[
                HoursChange(since=rule.since, spans=rule_spans, source=rule.source)
                for rule, rule_spans in zip(self.hours, spans, strict=True)
            ],
        )


class EffectOut(Schema):
    """A due date that moves."""

    subject: str = Field(
        description="The code of the dossier, or the number of a letter about it that waits for its answer."
    )
    name: str
    unit_code: str
    old: datetime | None
    new: datetime | None


class PreviewOut(Schema):
    """What a correction would move; nothing was saved."""

    edition: str = Field(description="The calendar this was worked out from; send it as If-Match to save.")
    effect_count: int
    effects: list[EffectOut] = Field(description="The first 1000.")


class ChangeOut(Schema):
    """A correction that was saved; the due dates it moved are worked out soon after."""

    key: str
    at: datetime
    actor: str
    legal: str
    days: list[dict[str, Any]]
    hours: list[dict[str, Any]]
    is_applied: bool = Field(description="All open dossiers have been worked out anew.")
    effect_count: int
    effects: list[EffectOut] | None = Field(description="Null for those who may not correct the calendar.")


@router.get("/{int:year}", response=YearOut)
def read_calendar(request: HttpRequest, year: Year) -> HttpResponse:
    """A year of the calendar, the same for everybody."""
    actor_of(request)
    edition = edition_in_force()
    if has_current_version(request, edition):
        return not_modified_response(edition)
    days = [row._asdict() for day, row in listed_days().items() if day.year == year]
    hours = [
        {"since": since, "spans": _serialize_spans(spans)} for since, spans in sorted(office_hours().items())
    ]
    document = {"year": year, "edition": edition, "days": days, "hours": hours}
    return json_response({**document, "working_days": _count_working_days(year)}, version=edition)


@router.post("/preview", response=PreviewOut)
def preview_calendar(request: HttpRequest, body: CorrectionIn) -> HttpResponse:
    """Which due dates a correction would move; nothing is saved. For administrators."""
    effects = preview_effects(body.to_correction(), actor=actor_of(request))
    shown = [vars(effect) for effect in effects[:_SHOWN]]
    return json_response({"edition": edition_in_force(), "effect_count": len(effects), "effects": shown})


@router.post("/corrections", response={201: ChangeOut})
@idempotent
@allow_if_match
def save_calendar(request: HttpRequest, body: CorrectionIn) -> HttpResponse:
    """Put a correction in force; with If-Match only if nobody corrected the calendar since. For administrators."""
    actor = actor_of(request)
    change = correct_calendar(body.to_correction(), actor=actor, edition=if_match_tag(request))
    address = reverse("api:read_correction", args=[change.key])
    return json_response(
        _serialize_change(change, to=actor),
        status=HTTPStatus.CREATED,
        version=edition_in_force(),
        location=address,
    )


@router.get("/corrections/{key}", response=ChangeOut)
def read_correction(request: HttpRequest, key: str) -> HttpResponse:
    """A correction: what it changed, and for administrators which due dates it moved."""
    change = CalendarChange.objects.filter(key=key).first()
    if change is None:
        raise NotFound(kind="correction", key=key)
    return json_response(_serialize_change(change, to=actor_of(request)))


def _count_working_days(year: int) -> int:
    first = date(year - 1, 12, 31) if year > FIRST_YEAR else date(year, 1, 1)
    return working_calendar().working_days_between(first, date(year, 12, 31))


def _serialize_spans(spans: Any) -> list[dict[str, Any]]:
    return [{"opens": opens, "closes": closes} for opens, closes in spans]


def _serialize_change(change: CalendarChange, *, to: Actor) -> dict[str, Any]:
    names = ("key", "at", "actor", "legal", "days", "hours", "is_applied")
    effects = change.effects.order_by("new", "subject")
    return {
        **{name: getattr(change, name) for name in names},
        "effect_count": effects.count(),
        "effects": list(effects.values(*EffectOut.model_fields)[:_SHOWN]) if may_correct(to) else None,
    }
