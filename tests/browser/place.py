"""A database and a data folder of the browser tests' own, in which everything is really committed.

The usual ways fail here: a page is served by another thread, so the test's transaction is invisible to it; and
emptying the tables afterwards is refused, for the audit ledger lets nobody truncate it. A copy made from the
test database is thrown away whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import override_settings
from psycopg import sql
from pytest_django.live_server_helper import LiveServer


@contextmanager
def database_copy() -> Iterator[None]:
    """Work on a copy of the test database; every thread that connects from now on gets the copy."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_browser"
    connection.close()
    with connection._nodb_cursor() as cursor:
        # A database can only be copied when nobody is connected: threads of other tests may have left sessions.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original]
        )
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(copy)))
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(original))
        )
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """The site on an empty data folder; gives its address."""
    with override_settings(CONGTAM_DATA_DIR=folder):
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
