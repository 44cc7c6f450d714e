"""The shared look in a real browser: both widths, under the strict content policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def debugging(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("debugging")
def test_every_component(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site.cast.officer, width=390)

    visitor.open("/ui/")

    visitor.check_widths("gallery")


def test_sign_in(visit: Callable[..., Visitor]) -> None:
    visitor = visit(width=390)

    visitor.open("/accounts/login/")

    visitor.check_widths("sign-in")


def test_the_menu_of_a_narrow_window_opens_and_the_language_changes(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site.cast.officer, width=390)
    page = visitor.open("/")

    page.locator("[data-toggle]").click()
    assert page.locator("#main-menu").is_visible()
    page.get_by_role("button", name="English").click()

    page.wait_for_selector('html[lang="en"]')


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_address_without_a_page(site: Site, visit: Callable[..., Visitor], language: str) -> None:
    visitor = visit(site.cast.officer, language=language)

    visitor.open("/nothing-here/", status=404)

    visitor.check_widths("error-404")
