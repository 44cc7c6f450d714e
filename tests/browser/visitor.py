"""One person at one browser window."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Response, expect

from tests.browser.windows import HEIGHT, Window, Windows

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
KEEPS_PICTURES = bool(os.environ.get("CONGTAM_PICTURES"))
"""Pictures of whole pages take a third of the time of these tests, so they are kept on request."""
BARRIERS = ("serious", "critical")
WIDTHS: Final = (390, 1440)
"""A telephone and a desk."""
_AXE: Final = """impacts => axe.run({
    runOnly: axe._audit.rules
        .filter(rule => rule.enabled && impacts.includes(rule.impact) && !rule.tags.includes("experimental"))
        .map(rule => rule.id),
    resultTypes: ["violations"],
    elementRef: false,
    preload: false,
}).then(results => results.violations)"""
"""Only the rules whose breach is such a barrier; nobody looks at what the others find."""
_NEXT_FRAME: Final = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
)


@dataclass
class Visitor:
    """Opens pages and collects everything that went wrong on the way."""

    window: Window
    address: str
    width: int
    language: str
    faults: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    expected_status: tuple[int, ...] = (200,)

    @classmethod
    def come(cls, windows: Windows, address: str, *, width: int, language: str) -> Visitor:
        """Take a window of a width, in a language."""
        visitor = cls(window=windows.take(width), address=address, width=width, language=language)
        visitor._keep("django_language", language)
        for event, listener in visitor._listeners().items():
            visitor.page.on(event, listener)  # type: ignore[call-overload]
        return visitor

    @property
    def page(self) -> Page:
        """What the window shows."""
        return self.window.page

    def keep_session(self, key: str) -> None:
        """Arrive signed in."""
        self._keep("sessionid", key)

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to a page and wait until everything it names is loaded and its charts are drawn."""
        self.expected_status = (200, status)
        self.page.goto(f"{self.address}{path}", wait_until="load")
        self.wait_for_charts()
        return self.page

    def wait_for_charts(self) -> None:
        """Every chart on the page has been drawn."""
        expect(self.page.locator("figure[data-chart]:not([data-drawn])")).to_have_count(0, timeout=20_000)

    def check_widths(self, name: str = "") -> None:
        """A picture of that name and no barrier at the width of the window, then at the others; ends as it began.

        The page is loaded once, at the width of the window.
        """
        first = self.width
        for width in sorted(WIDTHS, key=lambda each: each != first):
            self._resize(width)
            self.picture(name)
            self.must_be_usable_by_all()
        self._resize(first)

    def must_be_usable_by_all(self, *, known: Collection[str] = ()) -> None:
        """No serious barrier (axe) but the known ones, and nothing wider than the window."""
        if not self.page.evaluate("'axe' in window"):
            self.window.tools.send("Runtime.evaluate", {"expression": f"{AXE_SCRIPT};undefined"})
        found: list[dict[str, Any]] = self.page.evaluate(_AXE, list(BARRIERS))
        barriers = [
            f"{item['id']} ({item['impact']}): {node['html'][:160]} {node['failureSummary'][:240]}"
            for item in found
            if item["impact"] in BARRIERS and item["id"] not in known
            for node in item["nodes"]
        ]
        assert not barriers, f"{self.page.url} at {self.width} px\n" + "\n".join(barriers)
        overhang = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overhang <= 0, f"the page is {overhang} px wider than the window of {self.width} px"

    def picture(self, name: str) -> None:
        """Keep the whole page as a picture, where pictures are wanted (CONGTAM_PICTURES=1)."""
        if not (KEEPS_PICTURES and name):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}-{self.language}.png", full_page=True)

    def leave(self, windows: Windows) -> None:
        """Empty the window and give it back; whatever went wrong fails the test."""
        listeners = self._listeners()
        windows.give_back(self.window, self.address)
        for event, listener in listeners.items():
            self.page.remove_listener(event, listener)
        assert not self.faults, "\n".join(self.faults)

    def _keep(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def _resize(self, width: int) -> None:
        """Make the window so wide; the page has been laid out anew."""
        if width == self.width:
            return
        self.width = width
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate(_NEXT_FRAME)
        self.wait_for_charts()

    def _listeners(self) -> dict[str, Any]:
        """What is done on each event of the page."""
        return {
            "console": self._hear,
            "pageerror": self._stumble,
            "response": self._receive,
            "dialog": self._agree,
        }

    def _hear(self, message: ConsoleMessage) -> None:
        is_expected = "Failed to load resource" in message.text and (
            len(self.expected_status) > 1 or message.location.get("url", "").endswith("/favicon.ico")
        )
        if message.type in {"error", "warning"} and not is_expected:
            self.faults.append(f"console {message.type}: {message.text}")

    def _stumble(self, error: Error) -> None:
        self.faults.append(f"script: {error}")

    def _receive(self, response: Response) -> None:
        is_redirect = 300 <= response.status < 400
        is_icon = response.url.endswith("/favicon.ico")  # asked for by the browser, for the empty page
        if not is_redirect and not is_icon and response.status not in (*self.expected_status, 204):
            self.faults.append(f"{response.status} {response.url}")

    def _agree(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.type)
        dialog.accept()
