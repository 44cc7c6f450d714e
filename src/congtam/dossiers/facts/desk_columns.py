"""Columns of the fact `dossiers` that need more than the dossier's own row (cột lấy từ sổ thời hạn, bản ghi của quầy).

What only a desk knows is missing for dossiers of other systems: nothing is guessed.
"""

from __future__ import annotations

from typing import Final

from congtam.warehouse.public import Column

DESK_COLUMNS: Final = (
    Column("received_unit_code", "text", vi="Mã đơn vị tiếp nhận", en="Code of the unit that received it"),
    Column("online_level", "text", vi="Mức độ dịch vụ công trực tuyến", en="Level of the online service"),
    Column("apology_count", "integer", vi="Số văn bản xin lỗi", en="Number of letters of apology"),
    Column("supplement_asked_at", "timestamp", vi="Thời điểm yêu cầu bổ sung", en="Supplement asked at"),
    Column("supplement_ended_at", "timestamp", vi="Thời điểm bổ sung xong", en="Supplement ended at"),
    Column(
        "due_before_supplement_at",
        "timestamp",
        vi="Hạn trả khi chưa cộng thời gian bổ sung",
        en="Due instant without the time of the supplement",
        is_needed=True,
    ),
    Column("due_was_moved", "boolean", vi="Hạn trả bị dời", en="The due date was put off"),
    Column(
        "resubmitted_of", "text", vi="Mã hồ sơ đã trả lại trước đó", en="Code of the dossier handed in before"
    ),
)

# One supplement at most may be asked for; with more of them the metric that needs these is decided already.
_SUPPLEMENT: Final = (
    "(SELECT {value} FROM dossiers_suspension p WHERE p.dossier_id = d.id AND p.ground = 'supplement')"
)
_SUPPLEMENT_REQUESTED_AT: Final = _SUPPLEMENT.format(value="min(p.started_at)")
_SUPPLEMENT_ENDED_AT: Final = _SUPPLEMENT.format(
    value="CASE WHEN count(*) = count(p.ended_at) THEN max(p.ended_at) END",
)

# By how much the lines "resumed after a supplement" moved the due date.
_MOVED_BY_SUPPLEMENT: Final = """(SELECT coalesce(sum(l.due_at - b.due_at), interval '0') FROM dossiers_clockline l
    JOIN dossiers_clockline b ON b.dossier_id = l.dossier_id AND b.sequence = l.sequence - 1
    WHERE l.dossier_id = d.id AND l.kind = 'resumed' AND l.ground = 'supplement')"""

# A due date from elsewhere allows for the supplement already, by the time it took.
_WITHOUT_SUPPLEMENT: Final = f"""CASE WHEN d.supplement_count <> 1 THEN d.due_at
    WHEN k.dossier_id IS NOT NULL THEN d.due_at - {_MOVED_BY_SUPPLEMENT}
    ELSE d.due_at - coalesce({_SUPPLEMENT_ENDED_AT} - {_SUPPLEMENT_REQUESTED_AT}, interval '0') END"""

# A letter or a decision put it off; elsewhere only a source that tells the first date can be compared, as text, for
# what a source writes need not be a date. Both are in UTC.
_FIRST: Final = "left(d.attributes ->> 'first_due_at', 19)"
_DUE_TEXT: Final = "to_char(d.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
_PUT_OFF: Final = f"""CASE WHEN k.dossier_id IS NOT NULL THEN EXISTS (SELECT 1 FROM dossiers_clockline l
      WHERE l.dossier_id = d.id AND l.kind IN ('extended', 'reopened') AND l.until IS NOT NULL)
    WHEN d.attributes ->> 'first_due_at' ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9:]{{8}}([+]00:00|Z)$'
    THEN {_FIRST} < {_DUE_TEXT} END"""  # noqa: S608 - made of constants

# The same person: by number where both are known, else by the folded name of the party (kernel fold: letter case,
# diacritics, doubled blanks and look-alikes of Đ make no other person).
_SAME_PERSON: Final = """(SELECT bool_or(CASE WHEN one.id_number <> '' AND other.id_number <> ''
      THEN one.id_number = other.id_number ELSE one.name_key = other.name_key AND one.name_key <> '' END)
    FROM dossiers_party one, dossiers_party other WHERE one.dossier_id = d.id AND other.dossier_id = e.id)"""

# Where nobody wrote down when it was given back, when it was due at the latest.
_EARLIER_ENDED_AT: Final = "coalesce(e.finished_at, e.due_at, e.received_at)"
RESUBMITTED_WITHIN: Final = "10 days"
_HANDED_IN_BEFORE: Final = f"""CASE WHEN d.applicant <> '' THEN (SELECT e.code FROM dossiers_dossier e
    WHERE e.subject_id = d.subject_id AND e.unit_code = d.unit_code AND e.applicant <> ''
      AND e.state IN ('refused', 'stopped', 'withdrawn') AND {_EARLIER_ENDED_AT} <= d.received_at
      AND {_EARLIER_ENDED_AT} > d.received_at - interval '{RESUBMITTED_WITHIN}'
      AND (e.received_at, e.id) < (d.received_at, d.id)
      AND {_SAME_PERSON}
    ORDER BY {_EARLIER_ENDED_AT} DESC LIMIT 1) END"""  # noqa: S608 - made of constants

DESK_VALUES: Final = f"""k.received_unit_code, nullif(k.online_level, '') AS online_level, k.apology_count,
  CASE WHEN d.supplement_count = 1 THEN {_SUPPLEMENT_REQUESTED_AT} END AS supplement_asked_at,
  CASE WHEN d.supplement_count = 1 THEN {_SUPPLEMENT_ENDED_AT} END AS supplement_ended_at,
  {_WITHOUT_SUPPLEMENT} AS due_before_supplement_at,
  {_PUT_OFF} AS due_was_moved, {_HANDED_IN_BEFORE} AS resubmitted_of"""
