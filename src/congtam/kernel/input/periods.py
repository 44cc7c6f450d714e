"""Periods as people write them (kỳ): “9 tháng đầu năm 2024”, “quý III/2025”, “từ 01/01 đến 30/09/2024”.

The last day of a written span belongs to it; the machine form “2024-01-01..2024-10-01” excludes its end. A quarter is
one of the calendar: which days a report about it counts is a matter of its regime (`kernel.periods.reporting_period`).
Marks and capitals do not matter, and what `Period.label` writes is read back, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.days import FIRST_YEAR, LAST_YEAR, day_or_none
from congtam.kernel.input.texts import compact
from congtam.kernel.periods import DAY, Period, PeriodMalformed
from congtam.kernel.vietnamese import fold

_LONGEST: Final = 100
_SPELLED_NUMBERS: Final = (
    "mot",
    "hai",
    "ba",
    "bon",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
    "muoi mot",
    "muoi hai",
)
_SPELLED_VALUES: Final = {
    **{word: number for number, word in enumerate(_SPELLED_NUMBERS, start=1)},
    **dict.fromkeys(("i", "nhat"), 1),
    **dict.fromkeys(("iii", "three"), 3),
    **dict.fromkeys(("iv", "tu"), 4),
    "ii": 2,
    "six": 6,
    "nine": 9,
}
_COUNT: Final = r"(?P<number>[0-9]{1,2}|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi)"
_QUARTER: Final = r"(?P<number>[1-4]|iv|i{1,3}|mot|nhat|hai|ba|bon|tu)"
_YEAR: Final = r"(?:[\s/.,-]*(?:cua )?(?:nam )?(?P<year>[0-9]{4})| nam)?"
"""The year behind the name of a period; “nam” alone, as in “6 tháng đầu năm”, names none."""
_SEPARATORS: Final = tuple(
    re.compile(each)
    for each in (r" (?:den het|den|toi|to) ", r" [-\u2010-\u2015~] ", r"\s*[-\u2010-\u2015~]\s*")
)
_START: Final = re.compile(r"(?:tu|from) ")
_DAY: Final = re.compile(r"(?:ngay )?[0-9]{1,2}(?:[/.-]| thang )[0-9]{1,2}")

_Reader = Callable[[int, int], Period]


def _first_months(year: int, count: int) -> Period:
    return Period.of_months(year, 1, count)


def _last_months(year: int, count: int) -> Period:
    return Period.of_months(year, 13 - count, count)


def _quarter_period(year: int, number: int) -> Period:
    return Period.of_months(year, number * 3 - 2, 3)


_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(form), reader)
    for form, reader in (
        (r"(?:ca )?(?:nam|year)? ?(?P<year>[0-9]{4})", lambda year, _: Period.of_year(year)),
        (rf"{_COUNT} ?t(?:hang)?(?: dau)?{_YEAR}", _first_months),
        (rf"{_COUNT} ?t(?:hang)? cuoi{_YEAR}", _last_months),
        (rf"nua dau{_YEAR}", lambda year, _: _first_months(year, 6)),
        (rf"nua cuoi{_YEAR}", lambda year, _: _last_months(year, 6)),
        (r"first half of (?P<year>[0-9]{4})", lambda year, _: _first_months(year, 6)),
        (r"second half of (?P<year>[0-9]{4})", lambda year, _: _last_months(year, 6)),
        (r"first (?P<number>three|six|nine) months of (?P<year>[0-9]{4})", _first_months),
        (rf"(?:quy|quarter|q)\.? ?{_QUARTER}{_YEAR}", _quarter_period),
        (rf"(?:thang|month|t)\.? ?{_COUNT}{_YEAR}", Period.of_months),
        (r"(?P<number>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", Period.of_months),
    )
)


class PeriodYearMissing(PeriodMalformed):
    """The text names a part of a year, and not the year."""

    code = "period_year_missing"
    message = msgid("“{text}” has no year. Include the year, such as quý III/2025.")


def parse_period(text: str, *, year: int | None = None) -> Period:
    """Read a period; ``year`` is meant where the text names none (“6 tháng đầu năm”).

    Raises PeriodMalformed, or its PeriodYearMissing without a year.

    >>> [parse_period(each).text for each in ("9 tháng đầu năm 2024", "quý III/2025", "tháng 3/2024", "năm 2024")]
    ['2024-9M', '2025-Q3', '2024-03', '2024']
    >>> parse_period("từ 01/01 đến 30/09/2024").text, parse_period("6 tháng đầu năm", year=2026).text
    ('2024-9M', '2026-H1')
    """
    plain = compact(text) if len(text) <= _LONGEST else ""
    try:
        return Period.parse(plain)
    except PeriodMalformed:
        written = fold(plain)
    try:
        period = _parse_named(written, year) or _parse_span(_START.sub("", written, count=1), year)
    except _YearMissing:
        raise PeriodYearMissing(text=text) from None
    if period is None:
        raise PeriodMalformed(text=text[:_LONGEST])
    return period


class _YearMissing(Exception):
    """A side of a span, or the whole text, needs a year that nothing names."""


def _parse_named(text: str, year: int | None) -> Period | None:
    """A period with a name, such as a quarter."""
    for form, reader in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        number = parts.get("number") or "1"
        count = int(number) if number.isdecimal() else _SPELLED_VALUES[number]
        if not 1 <= count <= 12:
            return None
        return reader(_require_year(parts["year"], year), count)
    return None


def _require_year(written: str | None, year: int | None) -> int:
    chosen = int(written) if written else year
    if chosen is None:
        raise _YearMissing
    if not FIRST_YEAR <= chosen <= LAST_YEAR:
        raise PeriodMalformed(text=str(chosen))
    return chosen


def _parse_side(text: str, year: int | None) -> Period | None:
    """One side of a span: a day, with its year or without, or a period with a name."""
    day = day_or_none(text)
    if day is None and _DAY.fullmatch(text):
        side_year = _require_year(None, year)
        day = day_or_none(f"{text} nam {side_year}" if "thang" in text else f"{text}/{side_year}")
    return Period(day, day + DAY) if day else _parse_named(text, year)


def _parse_span(text: str, year: int | None) -> Period | None:
    """From the first day of one side to the last day of the other; a year behind one side serves both."""
    for first_text, last_text in _split_sides(text):
        ends = (
            _span_with_first_year
            if _has_year(first_text) and not _has_year(last_text)
            else _span_with_last_year
        )
        if span := ends(first_text, last_text, year):
            return span
    return None


def _span_with_last_year(first_text: str, last_text: str, year: int | None) -> Period | None:
    """The last side has a year, or that of the caller; the first lies in the same year or in the one before."""
    last = _parse_side(last_text, year)
    first = last and _parse_side(first_text, last.last_day.year)
    if first and last and first.start >= last.end and not _has_year(first_text):
        first = _parse_side(first_text, last.last_day.year - 1)
    return _join_periods(first, last)


def _span_with_first_year(first_text: str, last_text: str, year: int | None) -> Period | None:
    """Only the first side has a year; the last lies in the same year or in the next."""
    first = _parse_side(first_text, year)
    last = first and _parse_side(last_text, first.start.year)
    if first and last and last.end <= first.start:
        last = _parse_side(last_text, first.start.year + 1)
    return _join_periods(first, last)


def _join_periods(first: Period | None, last: Period | None) -> Period | None:
    return Period(first.start, last.end) if first and last and first.start < last.end else None


def _split_sides(text: str) -> Iterator[tuple[str, str]]:
    for separator in _SEPARATORS:
        for match in separator.finditer(text):
            yield text[: match.start()], text[match.end() :]


def _has_year(text: str) -> bool:
    return re.search(r"[0-9]{4}", text) is not None
