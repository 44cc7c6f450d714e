"""The digest of a stored dossier, made by the database (mã băm hồ sơ, tính trong cơ sở dữ liệu).

It writes the canonical text of ``domain/rows.py`` in SQL. What SQL cannot write as Python does (attributes that are not
plain texts) becomes a text that no dossier has: such a dossier never matches here and has to be read. So an equal
digest proves that nothing was changed, and a different one only that Python has to look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection, models

from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.record.domain.rows import DIGESTED, STEP_FIELDS, SUSPENSION_FIELDS

_FIELD, _RECORD, _UNWRITABLE = "E'\\x1f'", "E'\\x1e'", "E'\\x02'"
_INSTANT: Final = """coalesce(replace(CASE WHEN {0} = date_trunc('second', {0}) THEN timezone('UTC', {0})::text
 ELSE to_char(timezone('UTC', {0}), 'YYYY-MM-DD HH24:MI:SS.US') END, ' ', 'T') || '+00:00', '')"""
_TRUTH: Final = "CASE WHEN {0} THEN 'yes' WHEN NOT {0} THEN 'no' ELSE '' END"
_ATTRIBUTES: Final = f"""CASE WHEN {{0}} = '{{{{}}}}' THEN '' ELSE coalesce(
 (SELECT CASE WHEN bool_and(jsonb_typeof(a.value) = 'string') THEN '{{{{' || string_agg(
 to_json(a.key)::text || ':' || to_json(a.value #>> '{{{{}}}}')::text, ',' ORDER BY a.key COLLATE "C") || '}}}}' END
 FROM jsonb_each(CASE WHEN jsonb_typeof({{0}}) = 'object' THEN {{0}} ELSE '{{{{}}}}' END) a), {_UNWRITABLE}) END"""  # noqa: S608 - our own columns
_WRITTEN: Final[Mapping[type[models.Field[Any, Any]], str]] = {
    models.DateTimeField: _INSTANT,
    models.BooleanField: _TRUTH,
    models.JSONField: _ATTRIBUTES,
    models.IntegerField: "coalesce({0}::text, '')",
    models.TextField: "{0}",
}


def _record_sql(model: type[models.Model], alias: str, names: Sequence[str]) -> str:
    """The fields of one record, joined as in the canonical text."""
    return f" || {_FIELD} || ".join(_field_sql(model, f"{alias}.{name}", name) for name in names)


def _field_sql(model: type[models.Model], column: str, name: str) -> str:
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's name for it
    template = next(text for kind, text in _WRITTEN.items() if isinstance(field, kind))
    return template.format(column)


def _parts_sql(model: type[models.Model], names: Sequence[str]) -> str:
    """The records of all parts of a dossier, each with its separator before it."""
    record, table = _record_sql(model, "p", names), model._meta.db_table  # noqa: SLF001 - Django's name for it
    written = f"string_agg({_RECORD} || coalesce({record}, {_UNWRITABLE}), '' ORDER BY p.id)"
    return f"coalesce((SELECT {written} FROM {table} p WHERE p.dossier_id = d.id), '')"  # noqa: S608


_CANONICAL: Final = " || ".join(
    (
        _record_sql(Dossier, "d", DIGESTED),
        _parts_sql(Step, STEP_FIELDS),
        _parts_sql(Suspension, SUSPENSION_FIELDS),
    )
)
_DIFFERING: Final = f"""SELECT d.id FROM dossiers_dossier d WHERE d.id > %s AND d.id <= %s
 AND encode(sha256(convert_to({_CANONICAL}, 'UTF8')), 'hex') IS DISTINCT FROM d.row_digest ORDER BY d.id"""  # noqa: S608


def keys_with_differing_digest(after: int, until: int) -> list[int]:
    """Of the dossiers with keys in a range, those whose digest is not the one stored, or could not be made here."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, [after, until])
        return [key for (key,) in cursor.fetchall()]
