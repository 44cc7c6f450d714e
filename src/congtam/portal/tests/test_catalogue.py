"""The catalogue as everybody reads it."""

from __future__ import annotations

import pytest
from django.test import Client

from congtam.kernel.clock import FixedClock
from congtam.portal.tests import one_stop
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(one_stop.enter_procedures, at=FROZEN)
def catalogue(frozen_clock: FixedClock, small_tree: None) -> None: ...


@pytest.mark.parametrize("words", ["ket hon", "KẾT HÔN", "1.000894", "dang ky  ket"])
def test_found_without_accents(client: Client, words: str) -> None:
    page = client.get("/public/procedures/", {"q": words}).content.decode()
    assert "/public/procedures/1.000894/" in page


def test_nothing_found_is_said(client: Client) -> None:
    assert "Không tìm thấy" in client.get("/public/procedures/?q=xyzabc").content.decode()


def test_equal_limits_stand_on_one_line(client: Client) -> None:
    page = client.get(f"/public/procedures/{one_stop.MARRIAGE}/").content.decode()
    assert page.count("03 ngày làm việc") == 1
    assert "Nộp hồ sơ trực tuyến" in page
    assert "1 bản chính" in page


def test_another_day_offers_no_filing(client: Client) -> None:
    page = client.get(f"/public/procedures/{one_stop.MARRIAGE}/?on=2025-01-01").content.decode()
    assert "01/01/2025" in page
    assert "/public/file/" not in page


def test_what_is_not_there_is_not_found(client: Client) -> None:
    for path in (
        "procedures/9.999999/",
        "file/9.999999/",
        f"procedures/{one_stop.MARRIAGE}/form/{'0' * 64}/",
    ):
        assert client.get(f"/public/{path}").status_code == 404
