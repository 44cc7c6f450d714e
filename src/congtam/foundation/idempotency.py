"""How long the keys of requests are kept (thời hạn lưu khóa chống lặp)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from congtam.foundation.models import IdempotencyKey
from congtam.foundation.time import clock

KEPT: Final = timedelta(hours=24)


def forget_old_keys() -> int:
    """Remove keys that are no longer kept; how many there were."""
    count, _ = IdempotencyKey.objects.filter(created_at__lt=clock().now() - KEPT).delete()
    return count
