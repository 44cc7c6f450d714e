"""Columns of the fact `dossiers` by the work calendar (cột theo lịch làm việc): days worked, days given, days left.

Public holidays, days off in exchange and make-up days are those of the calendar in force; a day outside its years has
no value. Which limits are in hours is said by the desk, else by the words of the limit; where neither says anything,
nothing is guessed.
"""

from __future__ import annotations

from typing import Final

from congtam.warehouse.public import Column
from congtam.work_calendar.public import WORKING_DAY_TABLE

CALENDAR_COLUMNS: Final = (
    Column(
        "working_days",
        "integer",
        vi="Số ngày làm việc đã giải quyết",
        en="Working days from receipt to finish",
        measure="working_days",
    ),
    Column(
        "limit_working_days",
        "integer",
        vi="Số ngày làm việc từ tiếp nhận đến hẹn trả",
        en="Working days from receipt to the due date",
        measure="working_days",
    ),
    Column(
        "working_days_left",
        "integer",
        vi="Số ngày làm việc còn lại khi giải quyết xong",
        en="Working days left when it was finished",
        measure="working_days",
    ),
    Column("limit_in_hours", "boolean", vi="Thời hạn tính bằng giờ", en="The time limit is in hours"),
    Column(
        "finished_on_working_day",
        "boolean",
        vi="Giải quyết xong vào ngày làm việc",
        en="Finished on a working day",
    ),
)

# A plain number of hours, such as "08 giờ" or "4 (bốn) giờ làm việc"; "sau 15 giờ" says when, not how long.
_HOURS: Final = r"(^|[^[:alnum:]])[0-9]+([.,][0-9]+)?[[:space:]]*([(][^)]*[)][[:space:]]*)?giờ"
_DAYS: Final = r"ngày|tháng"

CALENDAR_VALUES: Final = f"""finishing.ordinal - receiving.ordinal AS working_days,
  due.ordinal - receiving.ordinal AS limit_working_days,
  due.ordinal - finishing.ordinal AS working_days_left,
  CASE WHEN k.limit_unit <> '' THEN k.limit_unit = 'hours'
    WHEN d.limit_text <> '' THEN lower(d.limit_text) ~ '{_HOURS}' AND lower(d.limit_text) !~ '{_DAYS}'
  END AS limit_in_hours,
  finishing.ordinal > day_before.ordinal AS finished_on_working_day"""


def _local_day(column: str) -> str:
    return f"(d.{column} AT TIME ZONE d.time_zone)::date"


CALENDAR_JOINS: Final = f"""
LEFT JOIN {WORKING_DAY_TABLE} receiving ON receiving.day = {_local_day("received_at")}
LEFT JOIN {WORKING_DAY_TABLE} due ON due.day = {_local_day("due_at")}
LEFT JOIN {WORKING_DAY_TABLE} finishing ON finishing.day = {_local_day("finished_at")}
LEFT JOIN {WORKING_DAY_TABLE} day_before ON day_before.day = {_local_day("finished_at")} - 1"""
