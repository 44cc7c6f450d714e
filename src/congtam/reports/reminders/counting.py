"""How many dossiers are late or due in the units below (đếm hồ sơ quá hạn, đến hạn): figures, so each has its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from congtam.foundation.public import Actor
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure
from congtam.kernel.periods import Period
from congtam.org_units.public import register

OVERDUE: Final = "dossiers.open_overdue"
UNAPOLOGISED: Final = "dossiers.open_overdue_without_apology"
DUE_SOON: Final = "dossiers.open_due_soon"
CODES: Final = (OVERDUE, UNAPOLOGISED, DUE_SOON)
MOST_LISTED: Final = 100
"""Late dossiers that the annex of the letter names; the page opens all of them."""


@dataclass(frozen=True, kw_only=True)
class ReminderLine:
    """The figures of one unit; ``is_own`` leaves out the units below it."""

    unit: str
    name: str
    overdue: Figure
    unapologised: Figure
    due_soon: Figure
    is_own: bool = False

    @property
    def figures(self) -> tuple[Figure, Figure, Figure]:
        """All three, in the order of the table."""
        return self.overdue, self.unapologised, self.due_soon

    @property
    def overdue_count(self) -> int:
        """Late dossiers."""
        return round(self.overdue.numerator)

    @property
    def unapologised_count(self) -> int:
        """Those of them without a letter of apology."""
        return round(self.unapologised.numerator)

    @property
    def unrecorded_count(self) -> int:
        """Late dossiers of systems that do not record apologies."""
        return max(0, self.overdue_count - round(self.unapologised.denominator))

    @property
    def has_unknown_apologies(self) -> bool:
        """Whether of none of the late dossiers it is known if there was an apology."""
        return 0 < self.overdue_count == self.unrecorded_count

    @property
    def due_soon_count(self) -> int:
        """Those that are due within a week."""
        return round(self.due_soon.numerator)

    @property
    def counts(self) -> tuple[int, int | None, int]:
        """The counts of `figures` as people read them; None without an apology where of none it is known."""
        unapologised = None if self.has_unknown_apologies else self.unapologised_count
        return self.overdue_count, unapologised, self.due_soon_count

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is late or due."""
        return not self.overdue_count and not self.due_soon_count


@dataclass(frozen=True, kw_only=True)
class LateDossier:
    """A late dossier as the annex names it: what it is about, never who applied."""

    code: str
    procedure: str
    unit_name: str
    due_at: datetime
    due_on: date | None
    has_apology: bool | None


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """What is late and due in a unit in a week (nội dung đôn đốc); only units with something stand in ``lines``."""

    unit: str
    week: Period
    total: ReminderLine
    lines: tuple[ReminderLine, ...]

    @property
    def name(self) -> str:
        """What the unit is called in that week."""
        return self.total.name

    @property
    def as_of(self) -> datetime:
        """The instant that is counted: now, or the end of a week that is over."""
        return self.total.overdue.as_of

    @property
    def is_over(self) -> bool:
        """Whether the week had ended when it was counted: then as of the end of its last day."""
        return self.as_of == self.week.instants()[1]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to remind of."""
        return self.total.is_quiet


def count_reminder(unit: str, week: Period, *, to: Actor) -> Reminder:
    """Count for a unit and each unit directly below it, the most late ones first; NotFound for one out of sight."""
    by_code = indicators.figures_by_child(CODES, unit=unit, period=week, to=to)
    columns = [dict(by_code[code]) for code in CODES]
    children = [child for child in columns[0] if child != unit]
    lines = [_reminder_line([column[child] for column in columns]) for child in children]
    own = indicators.figures_of_periods(CODES, unit=unit, periods=[week], to=to, is_own=True)[week]
    lines.append(replace(_reminder_line([own[code] for code in CODES]), is_own=True))
    busy = [line for line in lines if not line.is_quiet]
    busy.sort(key=lambda line: (-line.overdue_count, -line.unapologised_count, -line.due_soon_count))
    return Reminder(unit=unit, week=week, total=count_total(unit, week, to=to), lines=tuple(busy))


def count_total(unit: str, week: Period, *, to: Actor) -> ReminderLine:
    """The figures of the unit with everything below it."""
    figures = indicators.figures(CODES, unit=unit, period=week, to=to)
    return _reminder_line([figures[code] for code in CODES])


def _reminder_line(figures: Sequence[Figure]) -> ReminderLine:
    overdue, unapologised, due_soon = figures
    return ReminderLine(
        unit=overdue.unit,
        name=register().name_on(overdue.unit, overdue.period.last_day),
        overdue=overdue,
        unapologised=unapologised,
        due_soon=due_soon,
    )


def late_dossiers(reminder: Reminder, *, to: Actor) -> list[LateDossier]:
    """The late dossiers, the longest late first, as many as the annex holds."""
    page = indicators.rows(OVERDUE, unit=reminder.unit, period=reminder.week, to=to, limit=MOST_LISTED)
    return list(_late_dossiers(page.rows))


def _late_dossiers(rows: tuple[dict[str, Any], ...]) -> Iterator[LateDossier]:
    units = register()
    for row in rows:
        due_at, apologies = row["due_at"], row["apology_count"]
        yield LateDossier(
            code=row["code"],
            procedure=row["procedure_name"] or row["procedure_code"] or "",
            unit_name=units.name_on(row["unit_code"], row["due_on"]),
            due_at=due_at,
            due_on=row["due_on"],
            has_apology=None if apologies is None else apologies > 0,
        )
