"""Doing a thing once however often it is sent (chống gửi trùng)."""

from __future__ import annotations

from django.db import connection

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 766))"


def one_at_a_time(token: str) -> None:
    """Wait until nobody else works under this token; it is let go when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [token])
