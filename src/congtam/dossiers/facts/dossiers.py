"""What this context publishes to the warehouse: one row a dossier (dữ liệu hồ sơ)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.facts.calendar_columns import CALENDAR_COLUMNS, CALENDAR_JOINS, CALENDAR_VALUES
from congtam.dossiers.facts.desk_columns import DESK_COLUMNS, DESK_VALUES
from congtam.dossiers.facts.time_precision import has_time_sql
from congtam.org_units.public import rows_of_visible_units
from congtam.warehouse.public import Column, Fact

TOPIC: Final = "dossiers.changed"

COLUMNS: Final = (
    Column("code", "text", vi="Mã hồ sơ", en="Dossier code"),
    Column("unit_code", "text", vi="Mã đơn vị chịu trách nhiệm", en="Code of the responsible unit"),
    Column("procedure_code", "text", vi="Mã thủ tục hành chính", en="Procedure code"),
    Column("procedure_name", "text", vi="Tên thủ tục hành chính", en="Procedure name"),
    Column("field_name", "text", vi="Lĩnh vực", en="Field of work"),
    Column("channel", "text", vi="Hình thức nộp", en="Channel of filing"),
    Column("received_at", "timestamp", vi="Thời điểm tiếp nhận", en="Instant of receipt"),
    Column("due_at", "timestamp", vi="Thời điểm hẹn trả", en="Instant at which it is due"),
    Column("finished_at", "timestamp", vi="Thời điểm giải quyết xong", en="Instant of finishing"),
    Column("returned_at", "timestamp", vi="Thời điểm trả kết quả", en="Instant of returning the result"),
    Column("received_on", "date", vi="Ngày tiếp nhận", en="Day of receipt"),
    Column("due_on", "date", vi="Ngày hẹn trả", en="Day on which it is due"),
    Column("finished_on", "date", vi="Ngày giải quyết xong", en="Day of finishing"),
    Column("received_has_time", "boolean", vi="Biết giờ tiếp nhận", en="Time of receipt is known"),
    Column("due_has_time", "boolean", vi="Biết giờ hẹn trả", en="Time at which it is due is known"),
    Column("finished_has_time", "boolean", vi="Biết giờ giải quyết xong", en="Time of finishing is known"),
    Column("state", "text", vi="Trạng thái", en="State"),
    Column("payment", "text", vi="Hình thức thanh toán", en="Way of payment"),
    Column("fee_dong", "bigint", vi="Phí, lệ phí (đồng)", en="Fee (đồng)"),
    Column("result_digitised", "boolean", vi="Kết quả đã số hóa", en="Result is digitised"),
    Column(
        "supplement_count", "integer", vi="Số lần yêu cầu bổ sung", en="Number of requests for supplements"
    ),
    Column("suspended_seconds", "bigint", vi="Thời gian tạm dừng (giây)", en="Suspended time (seconds)"),
    Column(
        "stopped_at",
        "timestamp",
        vi="Thời điểm bắt đầu lần tạm dừng đang diễn ra",
        en="Instant since which the clock stands still",
    ),
    Column("officer", "text", vi="Người xử lý", en="Officer"),
    *CALENDAR_COLUMNS,
    *DESK_COLUMNS,
    Column("row_hash_high", "bigint", vi="Nửa cao của mã băm dòng", en="High half of the row hash"),
    Column("row_hash_low", "bigint", vi="Nửa thấp của mã băm dòng", en="Low half of the row hash"),
    Column("received_month", "date", vi="Tháng tiếp nhận", en="Month of receipt"),
)

# Two signed halves of md5(code | digest): their sums over a set of rows are the set's digest.
_HASH: Final = "md5(d.code || '|' || d.row_digest)"

_STOPPED_AT: Final = (
    "(SELECT min(p.started_at) FROM dossiers_suspension p WHERE p.dossier_id = d.id AND p.ended_at IS NULL)"
)

ROWS_SQL: Final = f"""
SELECT d.code, d.unit_code, d.procedure_code, d.procedure_name, d.field_name, d.channel,
  d.received_at, d.due_at, d.finished_at, d.returned_at,
  (d.received_at AT TIME ZONE d.time_zone)::date AS received_on,
  (d.due_at AT TIME ZONE d.time_zone)::date AS due_on,
  (d.finished_at AT TIME ZONE d.time_zone)::date AS finished_on,
  {has_time_sql("d.received_at")} AS received_has_time,
  {has_time_sql("d.due_at", is_limit=True)} AS due_has_time,
  {has_time_sql("d.finished_at")} AS finished_has_time,
  d.state, d.payment, d.fee_dong, d.result_digitised, d.supplement_count, d.suspended_seconds,
  CASE WHEN d.finished_at IS NULL THEN {_STOPPED_AT} END AS stopped_at, d.officer,
  {CALENDAR_VALUES},
  {DESK_VALUES},
  ('x' || left({_HASH}, 16))::bit(64)::bigint AS row_hash_high,
  ('x' || right({_HASH}, 16))::bit(64)::bigint AS row_hash_low,
  date_trunc('month', d.received_at AT TIME ZONE d.time_zone)::date AS received_month
FROM dossiers_dossier d
LEFT JOIN dossiers_deskrecord k ON k.dossier_id = d.id{CALENDAR_JOINS}
{{where}}
"""  # noqa: S608 - made of constants

DOSSIERS: Final = Fact(
    name="dossiers",
    vi="Hồ sơ thủ tục hành chính",
    en="Dossiers of administrative procedures",
    key="code",
    unit="unit_code",
    month="received_month",
    columns=COLUMNS,
    rows_sql=ROWS_SQL,
    row_url="dossiers:detail",
    visible_sql=rows_of_visible_units,
    smallest_group=None,
    topic=TOPIC,
)
