"""Whether an error says that the database is away (mất kết nối cơ sở dữ liệu): for pages, the API and middleware."""

from __future__ import annotations

from typing import Final

from django.db import InterfaceError, OperationalError

OUTAGES: Final = (OperationalError, InterfaceError)


def is_outage(error: BaseException | None) -> bool:
    """Whether an error says that the database is away or too busy, not that the program is wrong."""
    return isinstance(error, OUTAGES)
