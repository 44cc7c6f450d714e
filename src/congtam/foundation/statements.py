"""Statements that are made in one place and sent together with others (câu lệnh gửi chung)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class SqlStatement:
    """One SQL statement with its values."""

    sql: str
    values: Sequence[Any]


def execute(*statements: SqlStatement) -> None:
    """Send statements in one round trip, in their order; what they answer is not read."""
    with connection.cursor() as cursor:
        values = [value for one in statements for value in one.values]
        cursor.execute("; ".join(one.sql for one in statements), values)
