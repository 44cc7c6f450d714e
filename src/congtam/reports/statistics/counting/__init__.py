"""Counting a reporting form (tổng hợp số liệu); every number can list its dossiers."""

from congtam.reports.statistics.counting.listing import behind
from congtam.reports.statistics.counting.question import (
    ALL_ROWS,
    Behind,
    BehindPage,
    Convention,
    Counted,
    CountedRow,
    FailedCheck,
    Question,
    as_of,
)
from congtam.reports.statistics.counting.totals import count

__all__ = [
    "ALL_ROWS",
    "Behind",
    "BehindPage",
    "Convention",
    "Counted",
    "CountedRow",
    "FailedCheck",
    "Question",
    "as_of",
    "behind",
    "count",
]
