"""A real Chromium, and a visitor who notices what a person would: errors, blocked files, barriers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from congtam.foundation.public import Account
from congtam.testing.cast import Cast, find_cast, make_cast
from congtam.testing.loaded_demonstration import own_demonstration
from congtam.testing.prepared import own_prepared
from congtam.testing.programs import PROGRAMS
from tests.browser.visitor import Visitor
from tests.browser.windows import Windows

# The list replaces that of Playwright, so it begins with what of that matters here. The rest are pages of the browser's
# own, which it draws in a process for each window.
NOT_NEEDED = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NOT_NEEDED)}",
)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests here. Playwright keeps an event loop running in this thread; Django must not mind.

    Not longer: other tests may want a loop of their own. And while the loop runs, Django keeps its connections
    elsewhere (asgiref tells threads with a loop from those without), so those of before and of the browser's time
    are closed while they can be reached.
    """
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=PROGRAMS["chromium"].find(), args=list(ARGUMENTS)
        )
        yield browser
        connections.close_all()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def windows(chromium: Browser) -> Windows:
    """The windows of the browser; visitors use them one after another."""
    return Windows(chromium)


@pytest.fixture(scope="package")
def server(chromium: Browser) -> Iterator[LiveServer]:
    """One server of the site, so the browser loads scripts and styles once; modules change what it works on.

    It keeps no connection from one request to the next: the database may be another one by then.
    """
    before = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 0
    server = LiveServer("localhost")
    yield server
    server.stop()
    connection.settings_dict["CONN_MAX_AGE"] = before


@dataclass(frozen=True)
class Site:
    """A running site and the people who have accounts on it."""

    address: str
    cast: Cast


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the site."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def db(
    request: pytest.FixtureRequest,
    chromium: Browser,
    *,
    django_db_blocker: DjangoDbBlocker,
    data_folder: Path,
) -> Iterator[None]:
    """Instead of pytest-django's: a database of its own, in which a whole module really commits.

    It holds the cast alone, or the demonstration province where the module is marked so.
    """
    demonstration = request.node.get_closest_marker("demonstration")
    own = (
        own_demonstration(data_folder, suffix="browser")
        if demonstration
        else own_prepared(make_cast, suffix="browser")
    )
    with django_db_blocker.unblock(), own:
        yield


@pytest.fixture(scope="module")
def site(db: None, data_folder: Path, server: LiveServer) -> Iterator[Site]:
    """The site for the tests of one module; what they do to it stays until the module is done."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(CONGTAM_DATA_DIR=data_folder):
        is_there = Account.objects.filter(username="outsider").exists()
        yield Site(address=server.url, cast=find_cast() if is_there else make_cast())


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, Account]:
    """The accounts by user name; in a demonstration, those that it opened."""
    return {account.username: account for account in Account.objects.all()}


@pytest.fixture
def visit(windows: Windows, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Open a visitor: `visit(account, width=390, language="en")`; at the end all must have met no error."""
    visitors: list[Visitor] = []

    def come(account: object = None, *, width: int = 1440, language: str = "vi") -> Visitor:
        visitor = Visitor.come(windows, site.address, width=width, language=language)
        if account is not None:
            client = Client()
            client.force_login(account)  # type: ignore[arg-type]
            visitor.keep_session(client.cookies[settings.SESSION_COOKIE_NAME].value)
        visitors.append(visitor)
        return visitor

    yield come
    for visitor in visitors:
        visitor.leave(windows)
