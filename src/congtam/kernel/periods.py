"""Stretches of whole days that figures are about; the end is always exclusive."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError
from congtam.kernel.input.days import FIRST_YEAR, LAST_YEAR

DAY: Final = timedelta(days=1)


class PeriodMalformed(DomainError):
    """The text does not name a period."""

    code = "period_malformed"
    message = (
        "“{text}” is not a period. Enter a year (năm 2025), a month (7/2025), a quarter (quý "
        "III/2025), part of a year (9 tháng đầu năm 2025), or the first and last day (từ 01/01 "
        "đến 30/09/2025)."
    )


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has no such day.

    >>> shift_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    length = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, the end not included (kỳ).

    >>> Period.parse("2025-Q3")
    Period(start=datetime.date(2025, 7, 1), end=datetime.date(2025, 10, 1))
    >>> Period.parse("2011-01-01..2012-02-01").text
    '2011-01-01..2012-02-01'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodMalformed(text=f"{self.start}..{self.end}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as addresses and files write it (“2025-Q3”), or raise PeriodMalformed.

        What people type is read by `kernel.input.periods.parse_period`, which reads these forms too.
        """
        for pattern, read in _FORMS:
            if match := pattern.fullmatch(text.strip()):
                try:
                    period = read(*match.groups())
                except (ValueError, OverflowError):
                    break
                # A year on either side must exist: what is compared with is the period before.
                if period.start.year < FIRST_YEAR or period.end.year > LAST_YEAR + 1:
                    break
                return period
        raise PeriodMalformed(text=text)

    @classmethod
    def of_months(cls, year: int, first_month: int, count: int = 1) -> Period:
        """Whole months in a row, from the given one on.

        >>> Period.of_months(2025, 12, 2).text
        '2025-12-01..2026-02-01'
        """
        start = date(year, first_month, 1)
        return cls(start, shift_months(start, count))

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A calendar year (năm)."""
        return cls.of_months(year, 1, 12)

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The calendar month a day lies in (tháng)."""
        return cls.of_months(day.year, day.month)

    @property
    def last_day(self) -> date:
        """The last day that still belongs to the period."""
        return self.end - DAY

    @property
    def day_count(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    @property
    def is_whole_months(self) -> bool:
        """Whether it starts and ends with a calendar month."""
        return self.start.day == self.end.day == 1

    @property
    def month_count(self) -> int:
        """Number of calendar months the period touches."""
        last = self.last_day
        return (last.year - self.start.year) * 12 + last.month - self.start.month + 1

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day < self.end

    def instants(self, zone: tzinfo = LOCAL) -> tuple[datetime, datetime]:
        """First instant, and the first instant after, by the clock of the zone."""
        midnight = datetime.min.time()
        return datetime.combine(self.start, midnight, zone), datetime.combine(self.end, midnight, zone)

    def shift_by(self, months: int) -> Period:
        """The period the given number of months later (earlier when negative)."""
        if self.is_whole_months:
            return Period(shift_months(self.start, months), shift_months(self.end, months))
        return Period(shift_months(self.start, months), shift_months(self.last_day, months) + DAY)

    def previous(self) -> Period:
        """The period people compare with (kỳ trước): the stretch of equal length before it; months stay months.

        Months counted from 1 January that do not divide a year, such as nine, are compared with the same months of the
        year before: April to December is nobody's period.

        >>> Period.parse("2025-Q1").previous().text, Period.parse("2024-9M").previous().text
        ('2024-Q4', '2023-9M')
        """
        if self.is_whole_months and self.start.month == 1 and self.month_count < 12 and 12 % self.month_count:
            return self.same_period_last_year()
        if self.is_whole_months:
            return self.shift_by(-self.month_count)
        return Period(self.start - (self.end - self.start), self.start)

    @property
    def is_compared_once(self) -> bool:
        """Whether the period before is the same period of last year, as of a year or nine months."""
        return self.previous() == self.same_period_last_year()

    def same_period_last_year(self) -> Period:
        """The same days one year before (cùng kỳ năm trước)."""
        return self.shift_by(-12)

    def months(self) -> list[Period]:
        """The calendar months of the period in order; the first and last are cut where the period is.

        >>> [month.text for month in Period.parse("2025-Q1").months()]
        ['2025-01', '2025-02', '2025-03']
        """
        first = self.start.replace(day=1)
        bounds = [shift_months(first, number) for number in range(self.month_count + 1)]
        bounds[0], bounds[-1] = self.start, self.end
        return [Period(start, end) for start, end in pairwise(bounds)]

    @property
    def text(self) -> str:
        """The shortest writing that ``parse`` reads back."""
        name = self._name
        if name is None:
            return f"{self.start}..{self.end}"
        return name.text.format(year=self.start.year, **name.numbers(self.start.month))

    def label(self, language: str = "vi") -> str:
        """The period as a heading writes it.

        >>> Period.parse("2025-Q3").label("vi"), Period.parse("2025-9M").label("en")
        ('Quý III/2025', 'First nine months of 2025')
        >>> Period.parse("2025-12-15..2026-03-15").label("vi")
        'Từ 15/12/2025 đến 14/03/2026'
        """
        vietnamese = not language.startswith("en")
        name = self._name
        if name is None:
            template = "Từ {} đến {}" if vietnamese else "{} to {}"
            return template.format(_day_text(self.start), _day_text(self.last_day))
        template = name.vi if vietnamese else name.en
        return template.format(year=self.start.year, **name.numbers(self.start.month))

    @property
    def _name(self) -> _Name | None:
        if not self.is_whole_months:
            return None
        length = self.month_count
        for name in _NAMES:
            if name.length == length and (self.start.month - 1) % name.step == 0:
                return name
        return None


def _day_text(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class _Name:
    """How periods of one kind are written: ``length`` months, starting every ``step`` months of a year."""

    length: int
    step: int
    text: str
    vi: str
    en: str

    def numbers(self, month: int) -> dict[str, str]:
        number = (month - 1) // self.step + 1
        return {
            "number": f"{number:02}" if self.length == 1 else str(number),
            "plain": str(number),
            "roman": _ROMAN[(number - 1) % 4],
            "which": ("đầu", "cuối")[(number - 1) % 2],
            "order": ("First", "Second")[(number - 1) % 2],
        }


_NAMES: Final = (
    _Name(1, 1, "{year}-{number}", "Tháng {plain}/{year}", "Month {plain}/{year}"),
    _Name(3, 3, "{year}-Q{number}", "Quý {roman}/{year}", "Quarter {roman}/{year}"),
    _Name(6, 6, "{year}-H{number}", "6 tháng {which} năm {year}", "{order} half of {year}"),
    _Name(9, 12, "{year}-9M", "9 tháng đầu năm {year}", "First nine months of {year}"),
    _Name(12, 12, "{year}", "Năm {year}", "Year {year}"),
)

_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., Period]], ...]] = (
    (re.compile(r"(\d{4})"), lambda year: Period.of_year(int(year))),
    (re.compile(r"(\d{4})-(\d{2})"), lambda year, month: Period.of_months(int(year), int(month))),
    (
        re.compile(r"(\d{4})-[Qq]([1-4])"),
        lambda year, quarter: Period.of_months(int(year), int(quarter) * 3 - 2, 3),
    ),
    (re.compile(r"(\d{4})-[Hh]([12])"), lambda year, half: Period.of_months(int(year), int(half) * 6 - 5, 6)),
    (re.compile(r"(\d{4})-9[Mm]"), lambda year: Period.of_months(int(year), 1, 9)),
    (
        re.compile(r"(\d{4}-\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2})"),
        lambda start, end: Period(date.fromisoformat(start), date.fromisoformat(end)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class ReportingRegime:
    """On which day of the last month a periodic report stops counting (chế độ báo cáo), and since when."""

    valid_from: date
    cut_off_day: int
    source: str


REGIMES: Final = (
    ReportingRegime(
        valid_from=date(2019, 3, 12),
        cut_off_day=15,
        source="NĐ 09/2019/NĐ-CP, Điều 12 (15 of the last month before, to 14 of the last month)",
    ),
)
"""The reporting regimes in force over time, newest last."""


def regime_on(day: date) -> ReportingRegime | None:
    """The regime in force on a day, or None before the first one."""
    return max(
        (one for one in REGIMES if one.valid_from <= day), key=lambda one: one.valid_from, default=None
    )


def reporting_period(year: int, quarter: int | None = None, cut_off_day: int = 15) -> Period:
    """What a quarterly (quý) or, without a quarter, a yearly report counts: from one cut-off to the next.

    >>> reporting_period(2026, 1)
    Period(start=datetime.date(2025, 12, 15), end=datetime.date(2026, 3, 15))
    >>> reporting_period(2026).label()
    'Từ 15/12/2025 đến 14/12/2026'
    """
    last_month = 12 if quarter is None else quarter * 3
    end = date(year, last_month, cut_off_day)
    return Period(shift_months(end, -12 if quarter is None else -3), end)
