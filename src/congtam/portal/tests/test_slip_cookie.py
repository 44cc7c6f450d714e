"""The proof a browser keeps of a slip: half an hour, for that dossier, as we signed it; else the look-up is shown."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from congtam.kernel.clock import FixedClock
from congtam.portal.access.web.access import SLIPS
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests import visitor
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SALT = "portal.slips"


class Earlier(signing.TimestampSigner):
    """Signs as it was done some minutes ago."""

    minutes = 0

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - self.minutes * 60)


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def opened(*, frozen_clock: FixedClock, small_tree: None, cast: Cast, client: Client) -> str:
    """The page of a dossier whose slip the browser has shown."""
    dossier = desk.received(cast)
    visitor.show_slip(client, dossier.code, desk.secret_of(dossier))
    return f"/public/dossier/{dossier.code}/"


def sign(client: Client, kept: Any, *, minutes: int = 0, salt: str = SALT) -> None:
    signer = Earlier(salt=salt)
    signer.minutes = minutes
    client.cookies[SLIPS] = signer.sign_object(kept, compress=True)


def test_it_holds_for_half_an_hour(client: Client, opened: str) -> None:
    kept = signing.loads(client.cookies[SLIPS].value, salt=SALT)
    for minutes, status in ((0, 200), (29, 200), (31, 302), (60 * 24, 302)):
        sign(client, kept, minutes=minutes)
        assert (minutes, client.get(opened).status_code) == (minutes, status)


@pytest.mark.parametrize("kept", [[], "x", {}, {"024-260302-0001": ""}, {"024-260302-0001": "0" * 64}])
def test_a_cookie_with_another_content_opens_nothing(client: Client, opened: str, kept: Any) -> None:
    sign(client, kept)
    assert client.get(opened).status_code == 302


def test_what_was_signed_for_another_purpose_opens_nothing(client: Client, opened: str) -> None:
    sign(client, signing.loads(client.cookies[SLIPS].value, salt=SALT), salt="congtam_browser")
    assert client.get(opened).status_code == 302


@pytest.mark.parametrize("page", ["rate/", "supplement/", "result/", "letter/1/", "paper/receipt-0.pdf"])
def test_the_slip_of_a_filing_opens_no_page_of_a_dossier(
    *, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast, client: Client, page: str
) -> None:
    desk.enter_procedures()
    filing = visitor.file(client, frozen_clock)
    client.cookies.clear()
    visitor.show_slip(client, filing.code, filing.lookup_secret)
    assert client.get(f"/public/dossier/{filing.code}/").status_code == 200
    assert client.get(f"/public/dossier/{filing.code}/{page}").status_code in {302, 404}
