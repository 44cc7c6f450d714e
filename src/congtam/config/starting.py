"""Make Django ready in a process (khởi động tiến trình)."""

from __future__ import annotations

import gc


def set_up_django() -> None:
    """Load every room, without looking for garbage meanwhile.

    Some three thousand modules are imported and none of it is garbage: searching it again and again takes a fifth of
    the start. (`gc.freeze` would spare later searches too, but at exit DuckDB then reports its own objects as leaks.)
    """
    import django

    gc.disable()
    try:
        django.setup()
    finally:
        gc.enable()
