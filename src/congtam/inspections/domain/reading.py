"""What a reader learns at first sight from a pack (điểm chính): which figures miss, which flags are raised."""

from __future__ import annotations

from datetime import datetime

from congtam.inspections.domain.content import FlagLine, IndicatorLine, PackContent
from congtam.kernel.clock import LOCAL


def missed_targets(content: PackContent) -> tuple[IndicatorLine, ...]:
    """The indicators below their target (chưa đạt mục tiêu)."""
    return tuple(line for line in content.indicators if line.meets is False)


def raised_flags(content: PackContent) -> tuple[FlagLine, ...]:
    """The red flags that any dossier carries, most dossiers first."""
    return tuple(
        sorted((flag for flag in content.flags if flag.count), key=lambda flag: (-flag.count, flag.code))
    )


def change(line: IndicatorLine, *, against: str) -> float | None:
    """The difference to the previous period or to last year; None where either is missing."""
    other = line.previous if against == "previous" else line.last_year
    if other is None or other.value is None or line.now.value is None:
        return None
    return float(line.now.value) - float(other.value)


def is_improvement(line: IndicatorLine, difference: float | None) -> bool | None:
    """Whether a difference goes the right way; None where there is no right way or no difference."""
    if not difference or line.better == "none":
        return None
    return (difference > 0) == (line.better == "higher")


def moment_text(instant: datetime | None) -> str:
    """The minute by the clock of Việt Nam: with flags the hour is what matters."""
    return "" if instant is None else instant.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")
