"""What no inspection can be prepared of (cuộc kiểm tra không thể có): refused before anything is counted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from congtam.foundation.public import clock
from congtam.inspections.frame import Frame
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.periods import DAY, Period
from congtam.org_units.public import history, unit_name


class InspectionImpossible(DomainError):
    """There is nothing to inspect; ``field`` of the form is what to change (không thể kiểm tra)."""

    field: ClassVar[str] = "period"


class PeriodNotBegun(InspectionImpossible):
    """The period lies in the future (kỳ chưa bắt đầu)."""

    code: ClassVar[str] = "inspections.period_not_begun"
    message: ClassVar[str] = msgid("The period begins on {start:%d/%m/%Y}. Choose one that has begun.")


class UnitNotYet(InspectionImpossible):
    """The unit came into being after the period (đơn vị chưa thành lập)."""

    code: ClassVar[str] = "inspections.unit_not_yet"
    message: ClassVar[str] = msgid(
        "{unit} exists since {day:%d/%m/%Y} only. For this period choose a unit it came from: {others}."
    )
    field: ClassVar[str] = "unit"


class UnitNoLonger(InspectionImpossible):
    """The unit ended before the period (đơn vị đã giải thể, sáp nhập)."""

    code: ClassVar[str] = "inspections.unit_no_longer"
    message: ClassVar[str] = msgid(
        "{unit} existed until {day:%d/%m/%Y}. For this period choose a unit that followed it: {others}."
    )
    field: ClassVar[str] = "unit"


class FrameEmpty(InspectionImpossible):
    """No dossier of the unit was alive in the period (không có hồ sơ)."""

    code: ClassVar[str] = "inspections.frame_empty"
    message: ClassVar[str] = msgid(
        "{unit} has no dossier that was received, open or finished from {start:%d/%m/%Y} to {end:%d/%m/%Y}. "
        "Check unit and period, or import the dossiers first."
    )


def refuse_future(period: Period) -> None:
    """Raise PeriodNotBegun for a period of which no day has come; one that is running may be prepared."""
    if period.start > today(clock()):
        raise PeriodNotBegun(start=period.start)


def last_day_of_life(unit: str, period: Period) -> date:
    """The last day of the period on which the unit existed; raises where there is none."""
    unit_history = history(unit)
    versions = unit_history.versions if unit_history else ()
    days = [
        min(version.valid_until - DAY, period.last_day)
        for version in versions
        if version.overlaps(period.start, period.end)
    ]
    if days:
        return max(days)
    name, before = (
        unit_name(unit, period.last_day),
        [one for one in versions if one.valid_until <= period.start],
    )
    if before:
        rows = unit_history.successors if unit_history else ()
        raise UnitNoLonger(
            unit=name,
            day=max(one.valid_until for one in before) - DAY,
            others=_unit_names([row.successor for row in rows if row.on_date <= period.last_day], period),
        )
    rows = unit_history.predecessors if unit_history else ()
    raise UnitNotYet(
        unit=name,
        day=min(one.valid_from for one in versions),
        others=_unit_names([row.predecessor for row in rows], period),
    )


def refuse_empty(frame: Frame, unit: str) -> None:
    """Raise FrameEmpty for a frame without dossiers."""
    if not frame.field_counts():
        name, period = unit_name(unit, frame.period.last_day), frame.period
        raise FrameEmpty(unit=name, start=period.start, end=period.last_day)


def _unit_names(codes: list[str], period: Period) -> str:
    """Names with codes, as the box of units reads them; a dash where none is on record."""
    return "; ".join(f"{unit_name(code, period.last_day)} · {code}" for code in dict.fromkeys(codes)) or "–"
