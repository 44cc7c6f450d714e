"""A database of a test's own: what several connections commit at once cannot be rolled back, and the ledger cannot be
emptied, so races run on a copy that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def own_database(suffix: str = "races") -> Iterator[None]:
    """Work on a copy of the test database; every connection made inside goes to it."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_{suffix}"
    connections.close_all()
    with _server() as cursor:
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
