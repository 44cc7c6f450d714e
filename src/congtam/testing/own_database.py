"""A database of the test's own, for races: threads commit in it, and nothing of it stays.

Django's way, emptying every table afterwards, is refused by the ledger's triggers and loses what migrations seeded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection, connections


@contextmanager
def own_database() -> Iterator[None]:
    """Work in a copy of the test database until the end of the block."""
    shared = connection.settings_dict["NAME"]
    own = f"{shared}_{uuid4().hex[:8]}"
    parameters = {**connection.get_connection_params(), "dbname": "postgres", "autocommit": True}
    parameters = {
        name: parameters[name]
        for name in ("dbname", "user", "host", "port", "autocommit")
        if name in parameters
    }
    connection.close()
    with psycopg.connect(**parameters) as server:
        server.execute(f'CREATE DATABASE "{own}" TEMPLATE "{shared}"')
        _use(own)
        try:
            yield
        finally:
            connection.close()
            _use(shared)
            server.execute(f'DROP DATABASE "{own}" WITH (FORCE)')


def _use(name: str) -> None:
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


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
