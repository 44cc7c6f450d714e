"""What applicants said and sent, over the API (đánh giá, bổ sung trực tuyến)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.responses import json_response
from congtam.foundation.files import open_file
from congtam.foundation.public import actor_of
from congtam.org_units.public import visible_units
from congtam.portal import queries
from congtam.portal.models import OfferState, SupplementOffer
from congtam.portal.supplements.offers import accept_offer, decline_offer

ratings = Router(tags=["ratings"])
offers = Router(tags=["filings"])


class UnitRatingsOut(Schema):
    """How people rated one unit; the rate is null where so few answered that it would say little."""

    unit_code: str
    count: int
    very_satisfied: int
    satisfied: int
    not_satisfied: int
    rate: float | None = Field(description="The share of satisfied people, 0 to 1.")
    interval: list[float] | None = Field(description="The 95 % interval of the rate.")


class RatingOut(Schema):
    """One rating; the comment is null where you may not read what people wrote."""

    dossier_code: str
    unit_code: str
    procedure_code: str
    overall: str
    answers: dict[str, Any]
    comment: str | None
    rated_at: datetime


class RatingsOut(Schema):
    """Ratings by unit, and the latest ones."""

    units: list[UnitRatingsOut]
    latest: list[RatingOut] = Field(description="At most 200.")


class OfferFileOut(Schema):
    """A file an applicant sent; fetch it at ``/supplements/{key}/files/{digest}``."""

    name: str
    digest: str
    media_type: str
    size: int


class FormChangeOut(Schema):
    """One answer of the electronic form that the applicant corrected, in words."""

    label: str
    before: str
    after: str


class OfferOut(Schema):
    """What an applicant sent online after being asked for it."""

    key: str
    dossier_code: str
    unit_code: str
    note: str
    files: list[OfferFileOut]
    form: list[FormChangeOut] = Field(description="What reads otherwise in the electronic form.")
    state: OfferState
    sent_at: datetime
    answered_at: datetime | None
    answered_by: str
    reason: str


class OfferList(Schema):
    """Supplements sent online, the longest waiting first; at most 200."""

    items: list[OfferOut]


class DeclineIn(Schema, extra="forbid"):
    """What is still wrong, for the applicant to read."""

    reason: Annotated[str, Field(max_length=4000)]


@ratings.get("", response=RatingsOut)
def read_ratings(request: HttpRequest) -> HttpResponse:
    """How applicants rated the units you may see."""
    actor = actor_of(request)
    readable = visible_units(actor, *queries.MAY_READ_COMMENTS)
    latest = queries.visible_ratings(actor).order_by("-rated_at", "-pk")[: queries.SHOWN]
    names = [name for name in RatingOut.model_fields if name != "comment"]
    serialized = [
        {
            **{name: getattr(row, name) for name in names},
            "comment": row.comment if row.unit_code in readable else None,
        }
        for row in latest
    ]
    units = [
        {name: getattr(row, name) for name in UnitRatingsOut.model_fields}
        for row in queries.ratings_by_unit(actor)
    ]
    return json_response({"units": units, "latest": serialized})


@offers.get("", response=OfferList)
def list_supplements(request: HttpRequest, state: OfferState = OfferState.WAITING) -> HttpResponse:
    """What applicants sent online for the units you work in."""
    rows = queries.visible_offers(actor_of(request)).filter(state=state.value).order_by("sent_at", "pk")
    return json_response({"items": [_serialize_offer(row) for row in rows[: queries.SHOWN]]})


@offers.post("/{key}/accept", response=OfferOut)
@idempotent
def accept_supplement(request: HttpRequest, key: str) -> HttpResponse:
    """Take the papers into the dossier; its clock runs on from when they were sent."""
    return json_response(_serialize_offer(accept_offer(key, actor=actor_of(request))))


@offers.post("/{key}/decline", response=OfferOut)
@idempotent
def decline_supplement(request: HttpRequest, key: str, body: DeclineIn) -> HttpResponse:
    """Say what is still wrong; the applicant is told."""
    return json_response(_serialize_offer(decline_offer(key, reason=body.reason, actor=actor_of(request))))


@offers.get("/{key}/files/{digest}")
def read_supplement_file(request: HttpRequest, key: str, digest: str) -> FileResponse:
    """A file an applicant sent."""
    file = queries.get_supplement_file(key, digest, to=actor_of(request))
    return FileResponse(
        open_file(digest),
        as_attachment=True,
        filename=file["name"],
        content_type="application/octet-stream",
        status=HTTPStatus.OK,
    )


def _serialize_offer(row: SupplementOffer) -> dict[str, Any]:
    files = [{name: file[name] for name in OfferFileOut.model_fields} for file in row.files]
    computed = {"files": files, "form": row.form.get("changes", [])}
    names = [name for name in OfferOut.model_fields if name not in computed]
    return {**{name: getattr(row, name) for name in names}, **computed}
