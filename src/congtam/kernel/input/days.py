"""Days as people write them and as browsers send them (ngày)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact
from congtam.kernel.vietnamese import fold

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200
_BETWEEN: Final = r"\s*[/.-]\s*"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:ngay )?(?P<day>[0-9]{{1,2}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<year>[0-9]{{4}})",
        rf"(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<day>[0-9]{{1,2}})",
        r"(?:ngay )?(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2}) nam (?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    )
)


class DayMalformed(InputMalformed):
    """The text is not a day between the years 1800 and 2200."""

    code = "date_malformed"
    message = msgid("“{text}” is not a date. Enter it as dd/mm/yyyy.")


def parse_day(value: str | date) -> date:
    """Read a day, the day always before the month; of an instant the day on its own clock.

    >>> [str(parse_day(each)) for each in ("02/03/2026", "2-3-2026", "2026-03-02", "ngày 2 tháng 3 năm 2026")]
    ['2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02']
    >>> parse_day("30/02/2026")
    Traceback (most recent call last):
        ...
    congtam.kernel.input.days.DayMalformed: “30/02/2026” is not a date. Enter it as dd/mm/yyyy.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = fold(compact(value)) if len(value) <= 100 else ""
    for form in _FORMS:
        if match := form.fullmatch(text):
            day = _make_day(int(match["year"]), int(match["month"]), int(match["day"]))
            if day is not None:
                return day
    raise DayMalformed(value)


def day_or_none(value: str | date) -> date | None:
    """The day, or None where it cannot be read.

    >>> day_or_none("soon") is None
    True
    """
    try:
        return parse_day(value)
    except DayMalformed:
        return None


def _make_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
