"""How a person files online: the buttons lead to the next page, and it takes a person's time."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from congtam.portal.filing.web.second_look import FASTEST


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press a button and wait until the page it leads to is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()


def begin(page: Page) -> float:
    """Begin an application; the moment, to be handed to `send`."""
    press(page, "Bắt đầu")
    return time.monotonic()


def send(page: Page, begun: float) -> None:
    """Send it, not before a person could."""
    page.get_by_label("Tôi cam đoan").check()
    page.wait_for_timeout(max(0.0, begun + FASTEST.total_seconds() - time.monotonic()) * 1000)
    press(page, "Nộp hồ sơ")
