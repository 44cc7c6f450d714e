"""Supplements, ratings and notices as those who work there see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from congtam.dossiers.public import request_supplement
from congtam.kernel.clock import FixedClock
from congtam.portal.models import Rating, SupplementOffer
from congtam.portal.queries import ratings_by_unit
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests.one_stop import DeskRecord, Dossier
from congtam.portal.tests.visitor import PDF, scan, show_slip
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def offer(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> SupplementOffer:
    """Papers an applicant sent in after being asked."""
    dossier = desk.handled(cast)
    request_supplement(dossier.code, missing=["Căn cước"], reason="Mờ", actor=desk.part(cast, "officer"))
    holder = Client()
    show_slip(holder, dossier.code, DeskRecord.objects.get(dossier=dossier).lookup_secret)
    sent = holder.post(f"/public/dossier/{dossier.code}/supplement/", {"files": scan("cccd.pdf")})
    assert sent.status_code == 302
    return SupplementOffer.objects.get()


def test_the_clerk_takes_it_in(offer: SupplementOffer, cast: Cast, client_for: SignIn) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.get("/public/desk/supplements/").content.decode()
    for text in (offer.dossier_code, "Vừ Thị Mỷ", "Đăng ký kết hôn", "<li>Căn cước</li>", ">cccd.pdf</a>"):
        assert text in page
    fetched = clerk.get(f"/public/desk/supplements/{offer.key}/{offer.files[0]['digest']}/")
    assert b"".join(fetched.streaming_content) == PDF  # type: ignore[attr-defined]
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert clerk.post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"}).status_code == 302
    dossier = Dossier.objects.get(code=offer.dossier_code)
    assert dossier.state == "in_progress"
    assert dossier.files.get(kind="supplement").name == "cccd.pdf"
    answered = clerk.get("/public/desk/supplements/").content.decode()
    assert "<td>Vừ Thị Mỷ</td><td>cccd.pdf</td>" in answered


def test_not_enough_needs_a_reason(offer: SupplementOffer, cast: Cast, client_for: SignIn) -> None:
    clerk = client_for(cast.clerk)
    clerk.post(f"/public/desk/supplements/{offer.key}/", {"decline": "1"})
    assert SupplementOffer.objects.get().state == "waiting"
    clerk.post(f"/public/desk/supplements/{offer.key}/", {"decline": "1", "reason": "Vẫn mờ"})
    assert SupplementOffer.objects.get().state == "declined"
    assert Dossier.objects.get(code=offer.dossier_code).state == "awaiting_supplement"


@pytest.mark.parametrize(("part", "status"), [("outsider", 404), ("observer", 404), ("inspector", 403)])
def test_others_do_not(
    *, offer: SupplementOffer, cast: Cast, client_for: SignIn, part: str, status: int
) -> None:
    client = client_for(getattr(cast, part))
    assert client.post(f"/public/desk/supplements/{offer.key}/", {"accept": "1"}).status_code == status
    path = f"/public/desk/supplements/{offer.key}/{offer.files[0]['digest']}/"
    read = b"".join(client.get(path))
    assert (read == PDF) == (status == 403)
    assert (offer.dossier_code in client.get("/public/desk/supplements/").content.decode()) == (status == 403)


def rated(unit: str, overall: str, *, start: int, count: int, comment: str = "") -> None:
    Rating.objects.bulk_create(
        Rating(
            dossier_code=f"{unit}-{start + n}",
            unit_code=unit,
            overall=overall,
            comment=comment,
            rated_at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        for n in range(count)
    )


def test_a_share_needs_enough_ratings(small_tree: None, cast: Cast) -> None:
    rated("024", "very_satisfied", start=0, count=27)
    rated("024", "not_satisfied", start=100, count=3)
    rated("00688", "satisfied", start=0, count=29)
    few, enough = ratings_by_unit(desk.part(cast, "inspector"))
    assert (few.unit_code, few.count, few.rate, few.interval) == ("00688", 29, None, None)
    assert enough.rate == pytest.approx(0.9)
    assert enough.interval is not None
    assert enough.interval[0] < 0.9 < enough.interval[1]


def test_each_sees_the_ratings_of_its_units(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    rated("024", "satisfied", start=0, count=1, comment="Nhanh <script>")
    page = client_for(cast.officer).get("/public/desk/ratings/").content.decode()
    assert "Nhanh &lt;script&gt;" in page
    assert "Nhanh" not in client_for(cast.outsider).get("/public/desk/ratings/").content.decode()
    watched = client_for(cast.observer).get("/public/desk/ratings/").content.decode()
    assert "Thành phố Hà Giang" in watched
    assert "Nhanh" not in watched
