"""Many looks at once (kiểm soát cảnh báo giả): which of them may be called an alarm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

Key = TypeVar("Key")

FALSE_DISCOVERY_RATE: Final = 0.05
"""Of what is called an alarm, at most this share is expected to be chance."""


def discoveries(chances: Mapping[Key, float], *, rate: float = FALSE_DISCOVERY_RATE) -> frozenset[Key]:
    """The members of a family that stand out (cảnh báo được giữ lại), by their p-values.

    Source: Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57 (1995) 289–300: with the p-values in order, all up to the
    last one that is at most rank × rate / count. Equal p-values fare alike. The page names the family.

    >>> sorted(discoveries({"a": 0.001, "b": 0.02, "c": 0.04, "d": 0.9}))
    ['a', 'b']
    """
    ordered = sorted(chances.values())
    limit = max(
        (value for rank, value in enumerate(ordered, start=1) if value <= rate * rank / len(ordered)),
        default=-1.0,
    )
    return frozenset(key for key, value in chances.items() if value <= limit)
