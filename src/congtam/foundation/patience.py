"""Questions to the database that may not take for ever (giới hạn thời gian truy vấn)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from congtam.kernel.errors import DomainError


@contextmanager
def patience(seconds: float, refusal: type[DomainError]) -> Iterator[None]:
    """Statements inside end after so many seconds, each of them, with the refusal."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")
            yield
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as error:
        if "statement timeout" not in str(error):
            raise
        raise refusal from None
