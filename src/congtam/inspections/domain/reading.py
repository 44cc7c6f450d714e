"""What a reader learns at first sight from a pack (điểm chính): which figures miss, which flags are raised."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from congtam.inspections.domain.content import FlagLine, IndicatorLine, Number, PackContent
from congtam.kernel.clock import LOCAL


def missed_targets(content: PackContent) -> tuple[IndicatorLine, ...]:
    """The indicators below their target (chưa đạt mục tiêu)."""
    return tuple(line for line in content.indicators if line.meets is False)


def raised_flags(content: PackContent) -> tuple[FlagLine, ...]:
    """The red flags that any dossier carries, most dossiers first."""
    return tuple(
        sorted((flag for flag in content.flags if flag.count), key=lambda flag: (-flag.count, flag.code))
    )


def round_as_printed(value: Number, measure: str) -> Decimal:
    """A value as precise as it is printed: a share to a hundredth of a point, days and shared counts to a tenth."""
    places = Decimal("0.0001") if measure == "share" else Decimal("0.1")
    return Decimal(str(value)).quantize(places, ROUND_HALF_UP)


def difference_against(line: IndicatorLine, *, against: str) -> float | None:
    """The difference to the previous period or to last year; None where either is missing.

    It is the difference of the two values as printed: a reader who subtracts gets the same.
    """
    other = line.previous if against == "previous" else line.last_year
    if other is None or other.value is None or line.now.value is None:
        return None
    return shown_difference(line.now.value, other.value, line.measure)


def shown_difference(one: Number, other: Number, measure: str) -> float:
    """The difference of two values as they are printed.

    >>> shown_difference(0.950951, 0.949999, "share"), shown_difference(3.44, 3.36, "working_days")
    (0.001, 0.0)
    """
    return float(round_as_printed(one, measure) - round_as_printed(other, measure))


def is_improvement(line: IndicatorLine, difference: float | None) -> bool | None:
    """Whether a difference goes the right way; None where there is no right way or no difference."""
    if not difference or line.better == "none":
        return None
    return (difference > 0) == (line.better == "higher")


def moment_text(instant: datetime | None, *, has_time: bool | None = True) -> str:
    """The minute by the clock of Việt Nam, for with flags the hour is what matters; the day where only that is known.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 3, 1, 17, tzinfo=UTC)
    >>> moment_text(midnight), moment_text(midnight, has_time=False)
    ('2026-03-02T00:00', '2026-03-02')
    """
    if instant is None:
        return ""
    return instant.astimezone(LOCAL).strftime("%Y-%m-%d" if has_time is False else "%Y-%m-%dT%H:%M")
