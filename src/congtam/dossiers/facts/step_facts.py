"""The parts of a dossier as facts: one row a step, one a pause, one a line of the clock ledger.

They stand in the month in which their dossier was received; a row's key is the dossier's code and its place in it.
"""

from __future__ import annotations

from typing import Final

from congtam.dossiers.facts.dossiers import TOPIC
from congtam.dossiers.facts.time_precision import has_time_sql
from congtam.org_units.public import rows_of_visible_units
from congtam.warehouse.public import Column, Fact

_OF_IMPORT: Final = "SELECT code FROM dossiers_dossier WHERE import_key = %(import_key)s"
_MONTH: Final = "date_trunc('month', d.received_at AT TIME ZONE d.time_zone)::date"

_FIRST: Final = (
    Column("code", "text", vi="Mã dòng", en="Row key"),
    Column("dossier_code", "text", vi="Mã hồ sơ", en="Dossier code"),
    Column("unit_code", "text", vi="Mã đơn vị chịu trách nhiệm", en="Code of the responsible unit"),
    Column("procedure_code", "text", vi="Mã thủ tục hành chính", en="Procedure code"),
    Column("sequence", "integer", vi="Thứ tự", en="Place"),
)
_LAST: Final = (
    Column("row_hash_high", "bigint", vi="Nửa cao của mã băm dòng", en="High half of the row hash"),
    Column("row_hash_low", "bigint", vi="Nửa thấp của mã băm dòng", en="Low half of the row hash"),
    Column("received_month", "date", vi="Tháng tiếp nhận", en="Month of receipt"),
)


def _part_fact(name: str, *, vi: str, en: str, columns: tuple[Column, ...], source: str) -> Fact:
    """A fact whose rows are parts of dossiers; ``source`` yields d, sequence and the columns, and has the slot."""
    names = ", ".join(f"part.{column.name}" for column in columns)
    hashed = (
        "md5(concat_ws('|', part.code, part.unit_code, part.procedure_code, "
        + ", ".join(
            f"coalesce(extract(epoch FROM part.{column.name})::text, '')"
            if column.type == "timestamp"
            else f"coalesce(part.{column.name}::text, '')"
            for column in columns
        )
        + "))"
    )
    # OFFSET 0: the hash of a row is made once, not once for each half.
    rows = f"""
SELECT part.code, part.dossier_code, part.unit_code, part.procedure_code, part.sequence, {names},
  ('x' || left(sealed.hash, 16))::bit(64)::bigint AS row_hash_high,
  ('x' || right(sealed.hash, 16))::bit(64)::bigint AS row_hash_low,
  part.received_month
FROM ({source}) AS part CROSS JOIN LATERAL (SELECT {hashed} AS hash OFFSET 0) AS sealed
"""  # noqa: S608 - made of constants
    return Fact(
        name=name,
        vi=vi,
        en=en,
        key="code",
        group="dossier_code",
        unit="unit_code",
        month="received_month",
        columns=(*_FIRST, *columns, *_LAST),
        rows_sql=rows,
        row_url="dossiers:detail",
        visible_sql=rows_of_visible_units,
        smallest_group=None,
        topic=TOPIC,
        key_expression="d.code",
        import_groups_sql=_OF_IMPORT,
    )


STEPS: Final = _part_fact(
    "dossier_steps",
    vi="Các bước xử lý hồ sơ",
    en="Steps of dossiers",
    columns=(
        Column("step_code", "text", vi="Mã bước", en="Step code"),
        Column("name", "text", vi="Tên bước", en="Name of the step"),
        Column("office", "text", vi="Bộ phận", en="Office"),
        Column("officer", "text", vi="Người xử lý", en="Officer"),
        Column("started_at", "timestamp", vi="Bắt đầu", en="Begun"),
        Column("finished_at", "timestamp", vi="Kết thúc", en="Ended"),
        Column("due_at", "timestamp", vi="Hạn của bước", en="Due date of the step"),
        Column("started_has_time", "boolean", vi="Biết giờ bắt đầu", en="Time of the beginning is known"),
        Column("finished_has_time", "boolean", vi="Biết giờ kết thúc", en="Time of the end is known"),
        Column("finished_on", "date", vi="Ngày kết thúc", en="Day of the end"),
        Column("outcome", "text", vi="Kết quả bước", en="Outcome"),
    ),
    source=f"""SELECT d.code || '#' || s.sequence AS code, d.code AS dossier_code, d.unit_code, d.procedure_code,
  s.sequence, s.code AS step_code, s.name, s.office, s.officer, s.started_at, s.finished_at,
  coalesce(s.due_at, s.planned_at) AS due_at,
  {has_time_sql("s.started_at")} AS started_has_time, {has_time_sql("s.finished_at")} AS finished_has_time,
  (s.finished_at AT TIME ZONE d.time_zone)::date AS finished_on,
  coalesce(s.attributes ->> 'outcome', '') AS outcome,
  {_MONTH} AS received_month
  FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id {{where}}""",  # noqa: S608
)

SUSPENSIONS: Final = _part_fact(
    "suspensions",
    vi="Các lần tạm dừng tính thời hạn",
    en="Times the clock stood still",
    columns=(
        Column("ground", "text", vi="Lý do", en="Ground"),
        Column("started_at", "timestamp", vi="Bắt đầu", en="Begun"),
        Column("ended_at", "timestamp", vi="Kết thúc", en="Ended"),
    ),
    source=f"""SELECT d.code || '#' || row_number() OVER of_dossier AS code, d.code AS dossier_code, d.unit_code,
  d.procedure_code, (row_number() OVER of_dossier)::integer AS sequence, p.ground, p.started_at, p.ended_at,
  {_MONTH} AS received_month
  FROM dossiers_suspension p JOIN dossiers_dossier d ON d.id = p.dossier_id {{where}}
  WINDOW of_dossier AS (PARTITION BY p.dossier_id ORDER BY p.id)""",  # noqa: S608
)

CLOCK_LINES: Final = _part_fact(
    "clock_lines",
    vi="Sổ thời hạn",
    en="Lines of the clock ledger",
    columns=(
        Column("kind", "text", vi="Loại dòng", en="Kind of line"),
        Column("ground", "text", vi="Lý do", en="Ground"),
        Column("at", "timestamp", vi="Thời điểm", en="Instant"),
        Column("recorded_at", "timestamp", vi="Thời điểm ghi", en="Instant of entry"),
        Column("due_before", "timestamp", vi="Hạn trước", en="Due date before"),
        Column("due_at", "timestamp", vi="Hạn sau", en="Due date after"),
        Column("actor", "text", vi="Người ghi", en="Who wrote it"),
    ),
    source=f"""SELECT d.code || '#' || l.sequence AS code, d.code AS dossier_code, d.unit_code, d.procedure_code,
  l.sequence, l.kind, l.ground, l.at, l.recorded_at,
  lag(l.due_at) OVER (PARTITION BY l.dossier_id ORDER BY l.sequence) AS due_before, l.due_at, l.actor,
  {_MONTH} AS received_month
  FROM dossiers_clockline l JOIN dossiers_dossier d ON d.id = l.dossier_id {{where}}""",  # noqa: S608
)
