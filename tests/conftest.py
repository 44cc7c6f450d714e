"""Tests that drive a browser are left out where there is none, and the last lines of the run say so."""

from __future__ import annotations

import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """The Chromium of the machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its tests are not run; that is said, not hidden."""
    if find_browser():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Printed by the process that prints the summary, also when workers ran the tests."""
    if not find_browser():
        terminalreporter.write_line(
            "Browser tests were left out: no Chromium on this machine (Debian: apt-get install chromium).",
            yellow=True,
        )
