"""Days are written dd/mm/yyyy, also in a browser that is set to a country that writes the month first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")


def test_a_day_is_typed_the_vietnamese_way_and_sent_as_before(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site.cast.administrator)
    page = visitor.open("/procedures/")
    box = page.get_by_label("Có hiệu lực ngày")
    assert page.evaluate("navigator.language") == "en-US"
    expect(box).to_have_attribute("type", "text")

    box.fill("1/3/2024")
    box.press("Tab")

    page.wait_for_url("**on=2024-03-01**")
    visitor.must_be_usable_by_all()


@pytest.mark.parametrize("written", ["31/2/2024", "2024", "ngày mai"])
def test_what_is_no_day_is_not_sent(site: Site, visit: Callable[..., Visitor], written: str) -> None:
    page = visit(site.cast.administrator).open("/procedures/")
    box = page.get_by_label("Có hiệu lực ngày")
    box.fill(written)
    assert box.evaluate("box => box.validationMessage") == "dd/mm/yyyy"
