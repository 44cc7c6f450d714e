"""What a figure was counted from, and the digest by which a recount is compared.

The digest of a set of rows: each row has the MD5 of its key and content; the left halves of these (64 bits) are added
modulo 2^64, the right halves likewise, and the two sums are written side by side as 32 hexadecimal digits.
docs/algorithms/receipts.md works an example by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

HALF: Final = 1 << 64
Number = int | Decimal


@dataclass(frozen=True)
class RowDigest:
    """The digest of a set of rows (mã băm tập dòng); sets without a common row add up."""

    high: int = 0
    low: int = 0

    def __add__(self, other: RowDigest) -> RowDigest:
        return RowDigest((self.high + other.high) % HALF, (self.low + other.low) % HALF)

    def __sub__(self, other: RowDigest) -> RowDigest:
        return RowDigest((self.high - other.high) % HALF, (self.low - other.low) % HALF)

    @property
    def text(self) -> str:
        """32 hexadecimal digits.

        >>> RowDigest(1, 255).text
        '000000000000000100000000000000ff'
        """
        return f"{self.high % HALF:016x}{self.low % HALF:016x}"

    @classmethod
    def parse(cls, text: str) -> RowDigest:
        """Read what `text` wrote."""
        return cls(int(text[:16], 16), int(text[16:], 16))

    @classmethod
    def of_rows(cls, identities: Iterable[str]) -> RowDigest:
        """The digest of rows given as ``key|row digest``.

        >>> RowDigest.of_rows(["a|1", "b|2"]) == RowDigest.of_rows(["b|2"]) + RowDigest.of_rows(["a|1"])
        True
        """
        total = cls()
        for identity in identities:
            total += cls.parse(hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest())
        return total


@dataclass(frozen=True)
class Parts:
    """Numerator and denominator with the digests of their rows; parts of disjoint rows add up.

    ``median`` is set only for a median and its like (quantile, minimum, maximum), whose parts do not add up.
    """

    numerator: Number = 0
    denominator: Number = 0
    numerator_rows: RowDigest = field(default_factory=RowDigest)
    denominator_rows: RowDigest = field(default_factory=RowDigest)
    median: float | None = None

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            canonical_number(self.numerator + other.numerator),
            canonical_number(self.denominator + other.denominator),
            self.numerator_rows + other.numerator_rows,
            self.denominator_rows + other.denominator_rows,
        )

    def scale_by(self, weight: Decimal) -> Parts:
        """The share of these parts that a unit carries on another map; the rows stay the same rows."""
        if weight == 1:
            return self
        return Parts(
            canonical_number(self.numerator * weight),
            canonical_number(self.denominator * weight),
            self.numerator_rows,
            self.denominator_rows,
        )

    @property
    def has_rows(self) -> bool:
        """Whether any row stands behind them; the denominator of a ratio may be 0 although there are rows."""
        return bool(self.denominator) or self.denominator_rows != RowDigest()

    def as_json(self) -> list[Any]:
        """For the memory of results."""
        digests = [self.numerator_rows.text, self.denominator_rows.text]
        return [str(self.numerator), str(self.denominator), *digests, self.median]

    @classmethod
    def from_json(cls, row: list[Any]) -> Parts:
        """Read what `as_json` wrote."""
        numerator, denominator, numerator_rows, denominator_rows, median = row
        return cls(
            canonical_number(Decimal(numerator)),
            canonical_number(Decimal(denominator)),
            RowDigest.parse(numerator_rows),
            RowDigest.parse(denominator_rows),
            median,
        )


def canonical_number(number: Number) -> Number:
    """Whole numbers as int, others rounded to six places, so that equal numbers have one text.

    >>> canonical_number(Decimal("3.000000")), canonical_number(Decimal("2.5000001"))
    (3, Decimal('2.5'))
    """
    if isinstance(number, int):
        return number
    rounded = round(number, 6).normalize()
    return int(rounded) if rounded == rounded.to_integral_value() else rounded


def digest_of(lines: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of a receipt's canonical text: ``name=value`` lines joined by line feeds, after a title line."""
    text = "\n".join(["congtam receipt 1", *(f"{name}={value}" for name, value in lines)])
    return hashlib.sha256(text.encode()).hexdigest()
