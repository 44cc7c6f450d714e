"""Which text makes a day out of the ordinary (căn cứ của ngày nghỉ): article, notice, or that none was compared yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from congtam.kernel.work_calendar import UNCOMPARED

_FIRST_WITH_SECOND_NATIONAL_DAY: Final = 2021
_NAMES: Final = (
    ("Tết Dương lịch", "new_year"),
    ("Tết", "tet"),
    ("Quốc khánh", "national"),
    ("Chiến thắng", "victory"),
    ("Lao động", "labour"),
    ("Hùng Vương", "hung_kings"),
)
"""What the list of days calls a holiday; the first that fits."""


@dataclass(frozen=True, kw_only=True)
class LabourCode:
    """A labour code (bộ luật lao động) with the article of each holiday."""

    name: str
    since: date
    articles: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LegalSources:
    """The texts behind the days off, as far as they were compared."""

    compared_on: date
    laws: tuple[LabourCode, ...]
    """The newest first."""
    culture: str
    notices: Mapping[int, str]
    swaps: Mapping[date, str]
    """By both days of an exchange."""

    def source_of(self, day: date, reason: str) -> str:
        """The text for a day of the list, by the words of its reason (vi)."""
        if "Văn hóa" in reason:
            return self._uncompared_text() if "nghỉ bù" in reason else self.culture
        holiday = next((code for words, code in _NAMES if words in reason), "")
        if not holiday:
            return self.swaps.get(day) or self._uncompared_text()
        if "nghỉ bù" in reason:
            return self._article_text(day, "in_lieu")
        article = self._article_text(day, holiday)
        if holiday == "tet" or (holiday == "national" and day.year >= _FIRST_WITH_SECOND_NATIONAL_DAY):
            return (
                f"{article}; {self.notices[day.year]}"
                if day.year in self.notices
                else f"{article} {self._uncompared_aside()}"
            )
        return article

    def _article_text(self, day: date, holiday: str) -> str:
        law = next(law for law in self.laws if day >= law.since)
        return f"{law.name}, {law.articles[holiday]}"

    def _uncompared_aside(self) -> str:
        return f"({UNCOMPARED} của năm, đến {self.compared_on:%d/%m/%Y})"

    def _uncompared_text(self) -> str:
        return f"{UNCOMPARED} hoán đổi ngày nghỉ (đến {self.compared_on:%d/%m/%Y})"
