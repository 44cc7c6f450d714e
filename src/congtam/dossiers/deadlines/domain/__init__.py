"""Due dates (thời hạn, ngày hẹn trả): the clock ledger, the rule that reads it, and the rule about putting off.

The conventions are explained, with worked tables that the tests read, in ``docs/algorithms/deadlines.md``.
"""

from congtam.dossiers.deadlines.domain.due_dates import (
    closing_time,
    compute_due_dates,
    due_at_if_resumed,
    first_due,
    step_due,
)
from congtam.dossiers.deadlines.domain.extensions import (
    AlreadyExtended,
    ExtendedTooLate,
    NewDateIsDayOff,
    NewDateNotLater,
    NoDueDateToExtend,
    extend_due_date,
)
from congtam.dossiers.deadlines.domain.ledger import (
    CALENDAR_DAYS,
    HOURS,
    HOURS_A_DAY,
    MONTHS,
    WORKING_DAYS,
    DueDates,
    Limit,
    Line,
)
from congtam.dossiers.domain.states import LineKind

__all__ = [
    "CALENDAR_DAYS",
    "HOURS",
    "HOURS_A_DAY",
    "MONTHS",
    "WORKING_DAYS",
    "AlreadyExtended",
    "DueDates",
    "ExtendedTooLate",
    "Limit",
    "Line",
    "LineKind",
    "NewDateIsDayOff",
    "NewDateNotLater",
    "NoDueDateToExtend",
    "closing_time",
    "compute_due_dates",
    "due_at_if_resumed",
    "extend_due_date",
    "first_due",
    "step_due",
]
