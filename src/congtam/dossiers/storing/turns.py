"""One store runs at a time (lượt lưu)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

_ONE_STORE_AT_A_TIME: Final = 0x0C06_D055
_POLL_SECONDS: Final = 0.25


def wait_for_store_lock(cursor: Any, on_wait: Callable[[], None] | None) -> None:
    """Wait until no other store runs; the lock is given back with the transaction."""
    while True:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_STORE_AT_A_TIME])
        if cursor.fetchone()[0]:
            return
        if on_wait is not None:
            on_wait()
        time.sleep(_POLL_SECONDS)
