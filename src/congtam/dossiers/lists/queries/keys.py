"""Sets of keys that one query hands to the next (tập khóa)."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

_FEW: Final = 1000


def few_keys_or_query(rows: QuerySet[Any]) -> list[int] | QuerySet[Any]:
    """The keys themselves while they are few, which lets the planner use its indexes; else the query for them."""
    keys = few_keys(rows)
    return rows.order_by().values("pk") if keys is None else keys


def few_keys(rows: QuerySet[Any]) -> list[int] | None:
    """The keys themselves; None when they are not few."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: _FEW + 1])
    return keys if len(keys) <= _FEW else None
