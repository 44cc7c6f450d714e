"""What the rows of a form are called (tên dòng)."""

from __future__ import annotations

from typing import Final

from congtam.org_units.public import find_version
from congtam.reports.statistics.counting import Question

NO_FIELD: Final = {"vi": "(Chưa ghi lĩnh vực)", "en": "(No field on record)"}
ITSELF: Final = {"vi": "{name} (trực tiếp)", "en": "{name} (itself)"}


def row_name(key: str, question: Question, language: str) -> str:
    """The field as the sources word it, or the name a unit had at the end of the period."""
    if question.form.by == "field":
        return key or NO_FIELD[language]
    unit = find_version(key, question.period.last_day)
    name = unit.name if unit else key
    return ITSELF[language].format(name=name) if key == question.unit else name
