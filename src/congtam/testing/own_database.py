"""A database of a test's own: what several connections commit at once cannot be rolled back, and the ledger cannot be
emptied, so races run on a copy that is thrown away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def own_database(suffix: str = "races") -> Iterator[None]:
    """Work on a copy of the test database; every connection made inside goes to it."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_{suffix}"
    connections.close_all()
    with _server() as cursor:
        # A database can only be copied when nobody is connected: threads of other tests may have left sessions.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
        with _server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    """A cursor outside any of the test databases."""
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - Django's own door
        yield cursor


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same time, a thread and a connection each; results and exceptions in order."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=60)
            results[place] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
