"""The seal of what a desk keeps beside a dossier (mã niêm phong): desk record, clock ledger, party, files, letters.

The ledger gets it with every change, so `congtam verify` finds what was changed behind the program. It is worked out
by the database, from the rows as they are stored: receiving gets it from its one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import connection

EDITION: Final = "1"
"""A column that comes later begins another edition: what was sealed by this one is read by this one."""
_INSTANTS: Final = frozenset(
    {
        "at", "until", "due_at", "recorded_at", "step_due_at", "supplement_due_at", "decided_at", "added_at",
        "issued_at", "answered_at",
    }
)  # fmt: skip
SEALED: Final[Mapping[str, tuple[str, ...]]] = {
    "dossiers_deskrecord": (
        "version", "received_unit_code", "received_by", "procedure_digest", "case_kind", "online_level",
        "limit_value", "limit_unit", "latest_receipt", "legal", "process", "papers", "form", "unit_code", "role",
        "holder", "office", "is_offered", "place", "step_due_at", "due_at", "supplement_due_at", "apology_count",
        "decided_at", "decided_by", "result", "return_way", "lookup_secret", "parent_code", "numbered_on",
    ),
    "dossiers_clockline": (
        "sequence", "kind", "at", "ground", "until", "legal", "note", "due_at", "actor", "recorded_at",
    ),
    "dossiers_party": (
        "name", "name_key", "phone", "email", "id_number", "address", "submitter", "account",
    ),
    "dossiers_paper": (
        "place", "kind", "name", "digest", "media_type", "size", "is_reused", "added_at", "added_by",
    ),
    "dossiers_letter": (
        "sequence", "kind", "number", "issued_at", "issued_by", "to_unit_code", "due_at", "content", "answered_at",
        "answered_by", "answer",
    ),
}  # fmt: skip
_KEYS: Final = {"dossiers_deskrecord": "dossier_id", "dossiers_party": "dossier_id"}
_ROWS, _TABLES = "E'\\x1f'", "E'\\x1e'"


def row_text_sql(table: str) -> str:
    """One row of a table as text, in SQL; instants as numbers, so that no time zone comes in."""
    return f"jsonb_build_array({', '.join(map(_column_sql, SEALED[table]))})::text"


def seal_sql(texts: Mapping[str, Sequence[str]]) -> str:
    """The seal, in SQL, of rows at hand: by table, the SQL of their texts in order."""
    parts = (f" || {_ROWS} || ".join(texts.get(table, ())) or "''" for table in SEALED)
    return _digest_sql(parts)


def seals(keys: Iterable[int]) -> dict[int, str]:
    """The seals of dossiers as they are stored, by their keys."""
    parts = (f"coalesce(({_stored_rows_sql(table)}), '')" for table in SEALED)
    statement = f"SELECT d.id, {_digest_sql(parts)} FROM unnest(%s::bigint[]) AS d(id)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
        return {key: f"{EDITION}:{seal}" for key, seal in cursor.fetchall()}


def _stored_rows_sql(table: str) -> str:
    order = _KEYS.get(table, "id")
    return f"SELECT string_agg({row_text_sql(table)}, {_ROWS} ORDER BY {order}) FROM {table} WHERE dossier_id = d.id"  # noqa: S608


def _digest_sql(parts: Iterable[str]) -> str:
    return f"encode(sha256(convert_to({f' || {_TABLES} || '.join(parts)}, 'UTF8')), 'hex')"


def _column_sql(name: str) -> str:
    if name == "answer":  # that the applicant sent something online is noted before anybody answers
        return "CASE WHEN answered_at IS NOT NULL THEN answer END"
    return f"extract(epoch FROM {name})" if name in _INSTANTS else name
