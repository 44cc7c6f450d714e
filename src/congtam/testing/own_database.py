"""A database of a test's own, a copy of the migrated template.

What several connections commit at once cannot be rolled back, and the ledger cannot be emptied, so races and browsers
work on a copy that is thrown away. Any other test rolls back, in a database of its process (`prepared`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from congtam.config.embedded_postgres import DATABASE

TEMPLATE: Final = DATABASE
"""The migrated database; nobody connects to it."""


@contextmanager
def own_database(suffix: str = "races", *, template: str = TEMPLATE) -> Iterator[None]:
    """Work on a fresh copy of the template; every connection made inside goes to it."""
    copy = own_name(suffix)
    copy_database(copy, template=template)
    try:
        with connected_to(copy):
            yield
    finally:
        drop_database(copy)


def own_name(suffix: str) -> str:
    """A name for a database of this process alone."""
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{suffix}"


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Work on the database of that name; afterwards nobody of this process is connected to it."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def address_of_database() -> str:
    """The DATABASE_URL of the database this process works on, for processes that a test starts."""
    server = urlsplit(os.environ["DATABASE_URL"]).query
    return f"postgresql:///{connection.settings_dict['NAME']}?{server}"


def copy_database(name: str, *, template: str) -> None:
    """Make a database as a copy of one to which nobody is connected, in place of one of that name."""
    drop_database(name)
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    """Remove a database, also while somebody is connected to it."""
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    """A cursor outside any of the test databases."""
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - Django's own door
        yield cursor


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same time, a thread and a connection each; results and exceptions in order."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(index: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=60)
            results[index] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
