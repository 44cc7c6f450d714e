"""Counting a reporting form (tổng hợp số liệu); every number can list its dossiers."""

from congtam.reports.statistics.counting.listing import list_drill_down
from congtam.reports.statistics.counting.question import (
    ALL_ROWS,
    Convention,
    Counted,
    CountedRow,
    DrillDown,
    DrillDownPage,
    FailedCheck,
    StatisticsQuestion,
    as_of,
)
from congtam.reports.statistics.counting.totals import count_form

__all__ = [
    "ALL_ROWS",
    "Convention",
    "Counted",
    "CountedRow",
    "DrillDown",
    "DrillDownPage",
    "FailedCheck",
    "StatisticsQuestion",
    "as_of",
    "count_form",
    "list_drill_down",
]
