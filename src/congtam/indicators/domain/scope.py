"""Which rows a figure covers: units, with their share and the time for which it holds."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Final

from congtam.kernel.periods import Period

ONE: Final = Decimal(1)
Weights = Mapping[str, tuple[tuple[str, Decimal], ...]]
"""For each unit code, the buckets its rows go to, each with a weight."""


@dataclass(frozen=True)
class Share:
    """Rows of a unit in the months from ``since`` to before ``until`` go to a bucket with a weight (phần quy đổi)."""

    unit_code: str
    bucket: str
    since: date
    until: date
    weight: Decimal


@dataclass(frozen=True)
class Division:
    """A unit whose rows from ``since`` to before ``until`` go to several units of a map (đơn vị bị chia).

    ``targets`` names all of them with their weights, also those outside the buckets: what is rounded is shared out
    among all, so that every figure on the map rounds alike. The bucket of a target outside the scope is None.
    """

    unit_code: str
    since: date
    until: date
    targets: tuple[tuple[str, Decimal, str | None], ...]


@dataclass(frozen=True)
class Scope:
    """The shares of one or more buckets on one map (phạm vi tính), and the divided units among them."""

    map_name: str
    shares: tuple[Share, ...]
    divisions: tuple[Division, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the shares: another tree or crosswalk is another scope."""
        lines = sorted(f"{s.unit_code}|{s.bucket}|{s.since}|{s.until}|{s.weight}" for s in self.shares)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def buckets(self) -> frozenset[str]:
        """All buckets that any rows can go to."""
        return frozenset(share.bucket for share in self.shares)

    def of_bucket(self, bucket: str) -> Scope:
        """The part of one bucket."""
        return self._by_bucket.get(bucket) or Scope(self.map_name, ())

    @cached_property
    def _by_bucket(self) -> Mapping[str, Scope]:
        by_bucket: dict[str, list[Share]] = defaultdict(list)
        for share in self.shares:
            by_bucket[share.bucket].append(share)
        return {
            bucket: Scope(self.map_name, tuple(shares), self._divisions_of(bucket))
            for bucket, shares in by_bucket.items()
        }

    def _divisions_of(self, bucket: str) -> tuple[Division, ...]:
        return tuple(
            one for one in self.divisions if any(target_bucket == bucket for *_, target_bucket in one.targets)
        )

    def pieces(self, period: Period) -> Iterator[tuple[Period, Weights]]:
        """The period cut where shares change, each piece with its weights."""
        cuts = {period.start, period.end}
        for share in self.shares:
            cuts.update(day for day in (share.since, share.until) if period.contains(day))
        for start, end in pairwise(sorted(cuts)):
            yield Period(start, end), self.weights_on(start)

    def weights_on(self, day: date) -> Weights:
        """The weights that hold on a day."""
        weights: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
        for share in self.shares:
            if share.since <= day < share.until:
                weights[share.unit_code].append((share.bucket, share.weight))
        return {unit: tuple(buckets) for unit, buckets in weights.items()}


def merge_shares(map_name: str, shares: Iterable[Share], divisions: Iterable[Division] = ()) -> Scope:
    """A scope in which every unit, bucket and span stands once; thirds that add up to one are exactly one."""
    weights: dict[tuple[str, str, date, date], Decimal] = defaultdict(Decimal)
    for share in shares:
        weights[share.unit_code, share.bucket, share.since, share.until] += share.weight
    whole = tuple(Share(*key, _snap_to_one(weight)) for key, weight in sorted(weights.items()))
    return Scope(map_name, whole, tuple(divisions))


def month_of_effect(day: date) -> date:
    """A change inside a month takes effect with the next: a month is never split between two maps.

    >>> month_of_effect(date(2025, 7, 1)), month_of_effect(date(2025, 7, 2))
    (datetime.date(2025, 7, 1), datetime.date(2025, 8, 1))
    """
    if day.day == 1 or day == date.max:
        return day
    return Period.month_of(day).end


def _snap_to_one(weight: Decimal) -> Decimal:
    rounded = round(weight, 9).normalize()
    return ONE if abs(rounded - ONE) < Decimal("0.000001") else rounded
