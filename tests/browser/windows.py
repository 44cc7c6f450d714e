"""Windows of one browser, used again: a new one costs two seconds of a processor, a page in an open one a fifth."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, Error, Page

HEIGHT = 900
EMPTY_PAGE = "/static/congtam/mark.svg"
"""A picture of the same site, so that the next page needs no new process, as it would after about:blank."""


@dataclass(frozen=True)
class Window:
    """A page in a profile of its own, and the browser's tools for developers on it."""

    page: Page
    tools: CDPSession

    def clear(self, address: str) -> None:
        """Leave nothing of the last visitor: no page, no cookie, no route, nothing that the site has stored."""
        self.page.goto(f"{address}{EMPTY_PAGE}")
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()
        self.page.unroute_all()
        self.page.context.clear_cookies()
        self.tools.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})


@dataclass
class Windows:
    """The open windows that nobody uses, and the browser to open more with."""

    browser: Browser
    free: list[Window] = field(default_factory=list)

    def take(self, width: int) -> Window:
        """An empty window of that width."""
        window = self.free.pop() if self.free else self._open()
        window.page.set_viewport_size({"width": width, "height": HEIGHT})
        return window

    def give_back(self, window: Window, address: str) -> None:
        """Keep a window for the next visitor; one that cannot be cleared is closed."""
        try:
            window.clear(address)
        except Error:
            window.page.context.close()
        else:
            self.free.append(window)

    def _open(self) -> Window:
        page = self.browser.new_context(reduced_motion="reduce").new_page()
        return Window(page=page, tools=page.context.new_cdp_session(page))
