"""How many out of how many: what the rules of this package begin with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Rows that count out of all rows (số được tính trên tổng số); may be sums of shares of rows.

    Raises ValueError where it is no share: a negative number, more than all, or nothing at all.
    """

    numerator: float
    denominator: float

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or not self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is not a share")

    @property
    def rate(self) -> float:
        """The share, between 0 and 1."""
        return self.numerator / self.denominator


def pooled_rate(counts: list[Counts]) -> float:
    """The share over all rows together; ValueError without any.

    >>> pooled_rate([Counts(9, 10), Counts(30, 30)])
    0.975
    """
    return Counts(sum(one.numerator for one in counts), sum(one.denominator for one in counts)).rate
