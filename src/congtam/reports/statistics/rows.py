"""What the rows of a form are called (tên dòng)."""

from __future__ import annotations

from typing import Final

from congtam.org_units.public import unit_name
from congtam.reports.statistics.counting import StatisticsQuestion

NO_FIELD: Final = {"vi": "(Chưa ghi lĩnh vực)", "en": "(No field on record)"}
ITSELF: Final = {"vi": "{name} (trực tiếp)", "en": "{name} (itself)"}


def row_name(key: str, question: StatisticsQuestion, language: str) -> str:
    """The field as the sources word it, or the name a unit had at the end of the period."""
    if question.form.by == "field":
        return key or NO_FIELD[language]
    name = unit_name(key, question.period.last_day)
    return ITSELF[language].format(name=name) if key == question.unit else name
