"""One person at one browser window."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
KEEPS_PICTURES = bool(os.environ.get("CONGTAM_PICTURES"))
"""Pictures of whole pages take a third of the time of these tests, so they are kept on request."""
BARRIERS = ("serious", "critical")


@dataclass
class Visitor:
    """Opens pages and collects everything that went wrong on the way."""

    page: Page
    address: str
    width: int
    language: str
    faults: list[str] = field(default_factory=list)
    expected_status: tuple[int, ...] = (200,)

    @classmethod
    def come(cls, browser: Browser, address: str, *, width: int, language: str) -> Visitor:
        """Open a window of a width, in a language."""
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        visitor = cls(page=page, address=address, width=width, language=language)
        page.on("console", visitor._hear)
        page.on("pageerror", lambda error: visitor.faults.append(f"script: {error}"))
        page.on("response", visitor._receive)
        page.on("dialog", lambda dialog: dialog.accept())
        return visitor

    def keep_session(self, key: str) -> None:
        """Arrive signed in."""
        self.page.context.add_cookies([{"name": "sessionid", "value": key, "url": self.address}])

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to a page and wait until everything it names is loaded and its charts are drawn."""
        self.expected_status = (200, status)
        self.page.goto(f"{self.address}{path}", wait_until="load")
        self.wait_for_charts()
        return self.page

    def wait_for_charts(self) -> None:
        """Every chart on the page has been drawn."""
        expect(self.page.locator("figure[data-chart]:not([data-drawn])")).to_have_count(0, timeout=20_000)

    def must_be_usable_by_all(self, *, known: Collection[str] = ()) -> None:
        """No serious barrier (axe) but the known ones, and nothing wider than the window."""
        found = Axe().run(self.page).response["violations"]
        barriers = [
            f"{item['id']} ({item['impact']}): {node['html'][:160]} {node['failureSummary'][:240]}"
            for item in found
            if item["impact"] in BARRIERS and item["id"] not in known
            for node in item["nodes"]
        ]
        assert not barriers, "\n".join(barriers)
        overhang = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overhang <= 0, f"the page is {overhang} px wider than the window of {self.width} px"

    def picture(self, name: str) -> None:
        """Keep the whole page as a picture, where pictures are wanted (CONGTAM_PICTURES=1)."""
        if not KEEPS_PICTURES:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}-{self.language}.png", full_page=True)

    def leave(self) -> None:
        """Close the window; whatever went wrong fails the test."""
        self.page.context.close()
        assert not self.faults, "\n".join(self.faults)

    def _hear(self, message: ConsoleMessage) -> None:
        is_expected = "Failed to load resource" in message.text and len(self.expected_status) > 1
        if message.type in {"error", "warning"} and not is_expected:
            self.faults.append(f"console {message.type}: {message.text}")

    def _receive(self, response: Response) -> None:
        is_redirect = 300 <= response.status < 400
        if not is_redirect and response.status not in (*self.expected_status, 204):
            self.faults.append(f"{response.status} {response.url}")
