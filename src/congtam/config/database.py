"""Which database this process uses: the operator's, or our own embedded one, started when first needed."""

from __future__ import annotations

import os
from typing import Final

from congtam.config.embedded_postgres import EmbeddedPostgres
from congtam.config.env import make_data_folder, read_settings

EMBEDDED: Final = "CONGTAM_EMBEDDED"  # tells child processes that DATABASE_URL is our own server


def is_embedded() -> bool:
    """Whether DATABASE_URL is the address of our own server."""
    return bool(os.environ.get(EMBEDDED))


def start_database() -> None:
    """Put the address of the database into DATABASE_URL, starting the embedded server if none is named."""
    settings = read_settings()
    if settings["DATABASE_URL"]:
        return
    make_data_folder(settings["CONGTAM_DATA_DIR"])
    os.environ[EMBEDDED] = "1"
    os.environ["DATABASE_URL"] = EmbeddedPostgres(folder=settings["CONGTAM_DATA_DIR"] / "postgres").start()


def revive_database() -> bool:
    """Start our own server again where it is down; whether it was. Raises EmbeddedPostgresFailed where it cannot."""
    return EmbeddedPostgres(folder=read_settings()["CONGTAM_DATA_DIR"] / "postgres").revive()


def waiting_migrations() -> tuple[int, bool]:
    """How many migrations wait, and whether the database holds any schema of ours yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(plan), bool(executor.loader.applied_migrations)


def use_started_database() -> None:
    """Point Django's connection at DATABASE_URL when Django read its settings before the server had an address."""
    from django.db import connection

    from congtam.config.settings import database_settings

    address = database_settings(os.environ["DATABASE_URL"])
    parts = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    connection.settings_dict.update({part: address[part] for part in parts})
