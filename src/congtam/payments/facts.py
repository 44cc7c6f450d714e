"""What this context publishes to the warehouse: one row a payment (dữ liệu thanh toán)."""

from __future__ import annotations

from typing import Final

from congtam.org_units.public import rows_of_visible_units
from congtam.warehouse.public import Column, Fact, register

COLUMNS: Final = (
    Column("code", "text", vi="Mã khoản thanh toán", en="Payment code"),
    Column("request_code", "text", vi="Mã yêu cầu nộp phí", en="Code of the fee request"),
    Column("dossier_code", "text", vi="Mã hồ sơ", en="Dossier code"),
    Column("unit_code", "text", vi="Mã đơn vị", en="Unit code"),
    Column(
        "counter_unit_code", "text", vi="Mã đơn vị có quầy thu", en="Code of the unit whose counter took it"
    ),
    Column("way", "text", vi="Hình thức thanh toán", en="Way of payment"),
    Column("amount_dong", "bigint", vi="Số tiền (đồng)", en="Amount (đồng)"),
    Column("refunded_dong", "bigint", vi="Đã hoàn trả (đồng)", en="Given back (đồng)"),
    Column("counts", "boolean", vi="Được tính", en="Settles its request"),
    Column("paid_at", "timestamp", vi="Thời điểm nộp", en="Instant of payment"),
    Column("paid_on", "date", vi="Ngày nộp", en="Day of payment"),
    Column("requested_at", "timestamp", vi="Thời điểm yêu cầu", en="Instant of the request"),
    Column("row_hash_high", "bigint", vi="Nửa cao của mã băm dòng", en="High half of the row hash"),
    Column("row_hash_low", "bigint", vi="Nửa thấp của mã băm dòng", en="Low half of the row hash"),
    Column("paid_month", "date", vi="Tháng nộp", en="Month of payment"),
)

_REFUNDED: Final = (
    "coalesce((SELECT sum(r.amount_dong) FROM payments_refund r"
    " WHERE r.payment_id = p.id AND r.done_at IS NOT NULL), 0)"
)
_HASH: Final = (
    "md5(concat_ws('|', p.code, q.code, p.counter_unit_code, p.way, p.amount_dong, p.counts, "
    "extract(epoch FROM p.paid_at), "
    f"{_REFUNDED}))"
)
_DAY: Final = "(p.paid_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"

ROWS_SQL: Final = f"""
SELECT p.code, q.code AS request_code, q.dossier_code, q.unit_code, p.counter_unit_code, p.way, p.amount_dong,
  {_REFUNDED}::bigint AS refunded_dong, p.counts, p.paid_at, {_DAY}::date AS paid_on, q.requested_at,
  ('x' || left({_HASH}, 16))::bit(64)::bigint AS row_hash_high,
  ('x' || right({_HASH}, 16))::bit(64)::bigint AS row_hash_low,
  date_trunc('month', {_DAY})::date AS paid_month
FROM payments_payment p JOIN payments_feerequest q ON q.id = p.request_id
{{where}}
"""  # noqa: S608 - made of constants

PAYMENTS: Final = Fact(
    name="payments",
    vi="Thanh toán phí, lệ phí",
    en="Payments of fees",
    key="code",
    unit="unit_code",
    month="paid_month",
    columns=COLUMNS,
    rows_sql=ROWS_SQL,
    row_url="payments:detail",
    visible_sql=rows_of_visible_units,
    smallest_group=None,
    topic="payments.changed",
    key_expression="p.code",
    import_expression="p.gateway",
)


def declare() -> None:
    """Make the fact known to the warehouse."""
    register(PAYMENTS)
