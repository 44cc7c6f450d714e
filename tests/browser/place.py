"""The site, served on a data folder of the browser tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """The site on a data folder; gives its address."""
    with override_settings(CONGTAM_DATA_DIR=folder):
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
