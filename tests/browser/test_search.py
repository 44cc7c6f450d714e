"""The search box opens with Ctrl+K, lists while one types, and is usable by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from congtam.testing.units import enter_small_tree
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module", autouse=True)
def units(site: Site) -> None:
    enter_small_tree()


def test_from_the_keyboard_to_the_page_of_a_unit(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site.cast.inspector, width=390)
    visitor.open("/calendar/")
    page = visitor.page
    page.keyboard.press("Control+k")
    page.keyboard.type("tran phu")
    page.locator("dialog a", has_text="Trần Phú").first.wait_for()
    visitor.check_widths()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/**")


def test_escape_closes_it_and_the_link_opens_it_again(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site.cast.inspector)
    visitor.open("/calendar/")
    page, box = visitor.page, visitor.page.locator("dialog[open]")
    page.keyboard.press("Control+k")
    assert box.count() == 1
    page.keyboard.press("Escape")
    assert box.count() == 0
    page.locator("[data-search-open]").click()
    assert box.count() == 1


def test_the_page_of_the_search_holds_the_same(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site.cast.inspector, width=390)
    visitor.open("/search/?q=tran+phu")
    assert visitor.page.locator("main a", has_text="Trần Phú").count() >= 1
    visitor.check_widths()
