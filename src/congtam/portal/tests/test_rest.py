"""Supplements sent online and ratings over the API: the sight of the pages, and no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from congtam.dossiers.public import request_supplement
from congtam.kernel.clock import FixedClock
from congtam.portal.models import Rating, SupplementOffer
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests.one_stop import DeskRecord, Dossier
from congtam.portal.tests.visitor import PDF, scan, show_slip
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def offer(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> SupplementOffer:
    """Papers an applicant sent in after being asked."""
    dossier = desk.handled(cast)
    request_supplement(dossier.code, missing=["Căn cước"], reason="Mờ", actor=desk.part(cast, "officer"))
    holder = Client()
    show_slip(holder, dossier.code, DeskRecord.objects.get(dossier=dossier).lookup_secret)
    holder.post(f"/public/dossier/{dossier.code}/supplement/", {"files": scan("cccd.pdf")})
    return SupplementOffer.objects.get()


def test_papers_sent_online_are_looked_at_and_taken(offer: SupplementOffer, cast: Cast) -> None:
    clerk = Api(cast.clerk)
    (told,) = clerk.get("/supplements").json()["items"]
    assert (told["dossier_code"], told["state"]) == (offer.dossier_code, "waiting")
    file = clerk.get(f"/supplements/{told['key']}/files/{told['files'][0]['digest']}")
    assert b"".join(file.streaming_content) == PDF
    assert clerk.post(f"/supplements/{told['key']}/decline", {"reason": " "}).status_code == 422
    assert clerk.post(f"/supplements/{told['key']}/accept").json()["state"] == "accepted"
    assert Dossier.objects.get(code=offer.dossier_code).state == "in_progress"
    assert clerk.get("/supplements").json() == {"items": []}
    assert len(clerk.get("/supplements?state=accepted").json()["items"]) == 1


@pytest.mark.parametrize(("part", "status"), [("outsider", 404), ("observer", 404), ("inspector", 403)])
def test_others_do_not_take_them(*, offer: SupplementOffer, cast: Cast, part: str, status: int) -> None:
    client = Api(getattr(cast, part))
    assert client.post(f"/supplements/{offer.key}/accept").status_code == status
    digest = offer.files[0]["digest"]
    file = client.get(f"/supplements/{offer.key}/files/{digest}")
    assert (b"".join(file) == PDF) == (status == 403)
    assert bool(client.get("/supplements").json()["items"]) == (status == 403)


def test_each_reads_the_ratings_of_its_units(small_tree: None, cast: Cast) -> None:
    Rating.objects.create(
        dossier_code="H-1",
        unit_code="024",
        overall="satisfied",
        comment="Nhanh",
        rated_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    told = Api(cast.officer).get("/ratings").json()
    assert told["units"][0] | {"rate": None, "interval": None} == told["units"][0]
    assert told["latest"][0]["comment"] == "Nhanh"
    assert Api(cast.observer).get("/ratings").json()["latest"][0]["comment"] is None
    assert Api(cast.outsider).get("/ratings").json() == {"units": [], "latest": []}
