"""Sharing out whole things so that the parts add up (phương pháp số dư lớn nhất).

The rule in prose, with the worked table its test reads: docs/algorithms/shared_counts.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def share_out(total: int, weights: Sequence[tuple[str, Decimal]]) -> dict[str, int]:
    """Whole parts of a total, each within one of its exact share, that add up to the total.

    Each name gets the whole part of its share; what is left goes, one each, to the largest remainders, then to the
    larger weight, then to the name that comes first.

    >>> share_out(5, [("A", Decimal("0.5")), ("B", Decimal("0.3")), ("C", Decimal("0.2"))])
    {'A': 3, 'B': 1, 'C': 1}
    """
    whole = sum((weight for _name, weight in weights), Decimal()) or Decimal(1)
    exact = {name: total * weight / whole for name, weight in weights}
    parts = {name: int(share) for name, share in exact.items()}
    by_name = dict(weights)
    order = sorted(exact, key=lambda name: (parts[name] - exact[name], -by_name[name], name))
    for name in order[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
