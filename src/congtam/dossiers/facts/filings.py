"""What this context publishes to the warehouse: one row an application filed online, without the person in it."""

from __future__ import annotations

from typing import Final

from congtam.org_units.public import rows_of_visible_units
from congtam.warehouse.public import Column, Fact

FILING_TOPIC: Final = "dossiers.filing_changed"
_DAY: Final = "(f.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"
_HASH: Final = (
    "md5(concat_ws('|', f.code, f.unit_code, f.procedure_code, f.field_name, f.state, f.dossier_code,"
    " extract(epoch FROM f.submitted_at), extract(epoch FROM f.answer_due_at),"
    " coalesce(extract(epoch FROM f.answered_at)::text, '')))"
)

FILINGS: Final = Fact(
    name="filings",
    vi="Hồ sơ nộp trực tuyến chờ tiếp nhận",
    en="Applications filed online",
    key="code",
    unit="unit_code",
    month="submitted_month",
    columns=(
        Column("code", "text", vi="Mã hồ sơ nộp trực tuyến", en="Code of the filing"),
        Column("unit_code", "text", vi="Mã đơn vị", en="Unit code"),
        Column("procedure_code", "text", vi="Mã thủ tục hành chính", en="Procedure code"),
        Column("procedure_name", "text", vi="Tên thủ tục hành chính", en="Procedure name"),
        Column("field_name", "text", vi="Lĩnh vực", en="Field of work"),
        Column("state", "text", vi="Trạng thái", en="State"),
        Column("submitted_at", "timestamp", vi="Thời điểm nộp", en="Instant of filing"),
        Column("submitted_on", "date", vi="Ngày nộp", en="Day of filing"),
        Column("answer_due_at", "timestamp", vi="Hạn trả lời", en="Answer due at"),
        Column("answer_due_on", "date", vi="Ngày hạn trả lời", en="Day on which the answer is due"),
        Column("answered_at", "timestamp", vi="Thời điểm trả lời", en="Answered at"),
        Column("answered_on", "date", vi="Ngày trả lời", en="Day of the answer"),
        Column("dossier_code", "text", vi="Mã hồ sơ", en="Dossier code"),
        Column("row_hash_high", "bigint", vi="Nửa cao của mã băm dòng", en="High half of the row hash"),
        Column("row_hash_low", "bigint", vi="Nửa thấp của mã băm dòng", en="Low half of the row hash"),
        Column("submitted_month", "date", vi="Tháng nộp", en="Month of filing"),
    ),
    rows_sql=f"""
SELECT f.code, f.unit_code, f.procedure_code, f.procedure_name, f.field_name, f.state, f.submitted_at,
  {_DAY}::date AS submitted_on, f.answer_due_at,
  (f.answer_due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS answer_due_on, f.answered_at,
  (f.answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS answered_on, f.dossier_code,
  ('x' || left({_HASH}, 16))::bit(64)::bigint AS row_hash_high,
  ('x' || right({_HASH}, 16))::bit(64)::bigint AS row_hash_low,
  date_trunc('month', {_DAY})::date AS submitted_month
FROM dossiers_filing f
{{where}}
""",  # noqa: S608 - made of constants
    row_url="dossiers:filing",
    visible_sql=rows_of_visible_units,
    smallest_group=None,
    topic=FILING_TOPIC,
    key_expression="f.code",
    import_expression="f.dossier_code",
)
