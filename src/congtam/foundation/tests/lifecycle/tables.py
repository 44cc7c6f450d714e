"""Tables of the tests' own machines: models of no installed app, created for one test."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models


def create(kinds: Iterable[type[models.Model]]) -> None:
    """Create the tables; with the test's transaction, or its own database, they go again."""
    with connection.schema_editor() as editor:
        for kind in kinds:
            editor.create_model(kind)
