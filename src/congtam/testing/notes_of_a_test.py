"""The notes of the installation are read once in a test, as they are in a request.

What is called directly, without a request around it, reads them again at every turn: a tenth of what tests of the
desk do. A test that rolls back is alone with its database, so it is enough to watch its own connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from congtam.foundation.public import cache_notes
from congtam.testing.doors.foundation import NOTES_TABLE, forget_notes


@contextmanager
def notes_read_once(item: pytest.Item) -> Iterator[None]:
    """In a test that rolls back: read at the first use, after each statement that writes them, after a roll-back."""
    if not _rolls_back(item):
        yield
        return
    with cache_notes(), connection.execute_wrapper(_watch):
        yield


def _rolls_back(item: pytest.Item) -> bool:
    """Whether the whole test is one transaction; a module may replace the fixture `db` by one that opens none."""
    fixtures: Any = item._fixtureinfo.name2fixturedefs.get("db", ())  # type: ignore[attr-defined] # noqa: SLF001
    if fixtures:
        return bool(fixtures[-1].func.__module__ == "pytest_django.fixtures")
    return item.get_closest_marker("django_db") is not None


def _watch(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
    try:
        return execute(sql, *rest)
    finally:
        text = str(sql)
        if text.startswith("ROLLBACK") or (NOTES_TABLE in text and not text.startswith("SELECT")):
            forget_notes()
