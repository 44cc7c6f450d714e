"""The digests of a stored dossier, made by the database (mã băm hồ sơ, tính trong cơ sở dữ liệu).

It writes the canonical texts of ``domain/rows.py`` in SQL. What SQL cannot write as Python does (attributes that are
not plain texts) becomes a text that no dossier has: such a dossier never matches here and has to be read. So an equal
digest proves that nothing was changed, and a different one only that Python has to look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection, models

from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.record.domain.rows import (
    COUNTED_ATTRIBUTES,
    COUNTED_STEP_ATTRIBUTES,
    DOSSIER_FIELDS,
    EDITION,
    STEP_FIELDS,
    SUSPENSION_FIELDS,
)

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


def _record_sql(
    model: type[models.Model], alias: str, names: Sequence[str], *, counted: Sequence[str] = ()
) -> str:
    """The fields of one record, joined as in the canonical text; with ``counted`` as the second edition writes it."""
    fields = (_field_sql(model, f"{alias}.{name}", name, counted=counted) for name in names)
    return f" || {_FIELD} || ".join(fields)


def _field_sql(model: type[models.Model], column: str, name: str, *, counted: Sequence[str]) -> str:
    if counted and name in _OF_PERSONS:
        return "''"
    if counted and name == "attributes":
        return " || E'\\x1d' || ".join(f"coalesce({column} ->> '{each}', '')" for each in counted)
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's name for it
    template = next(text for kind, text in _WRITTEN.items() if isinstance(field, kind))
    return template.format(column)


def _uncounted_sql(column: str, counted: Sequence[str]) -> str:
    """The attributes that no fact counts, as the canonical text of the person writes them."""
    rest = f"{column} - ARRAY[{', '.join(map(repr, counted))}]"
    return _ATTRIBUTES.format(f"(CASE WHEN jsonb_typeof({column}) = 'object' THEN {rest} ELSE {column} END)")


def _parts_sql(model: type[models.Model], record: str) -> str:
    """The records of all parts of a dossier, each with its separator before it."""
    table = model._meta.db_table  # noqa: SLF001 - Django's name for it
    written = f"string_agg({_RECORD} || coalesce({record}, {_UNWRITABLE}), '' ORDER BY p.id)"
    return f"coalesce((SELECT {written} FROM {table} p WHERE p.dossier_id = d.id), '')"  # noqa: S608


def _both_parts_sql(model: type[models.Model], record: str, person: str) -> str:
    """The same twice: without the person, and only the person."""
    table = model._meta.db_table  # noqa: SLF001 - Django's name for it
    texts = (
        f"coalesce(string_agg({separator} || coalesce({text}, {_UNWRITABLE}), '' ORDER BY p.id), '') AS {name}"
        for separator, text, name in ((_RECORD, record, "counted"), (_FIELD, person, "person"))
    )
    return f"SELECT {', '.join(texts)} FROM {table} p WHERE p.dossier_id = d.id"  # noqa: S608


def _digest_sql(text: str) -> str:
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


_OF_PERSONS: Final = frozenset({"applicant", "note"})
_FORMER: Final = " || ".join(
    (
        _record_sql(Dossier, "d", DOSSIER_FIELDS),
        _parts_sql(Step, _record_sql(Step, "p", STEP_FIELDS)),
        _parts_sql(Suspension, _record_sql(Suspension, "p", SUSPENSION_FIELDS)),
    )
)
_STEPS: Final = _both_parts_sql(
    Step,
    _record_sql(Step, "p", STEP_FIELDS, counted=COUNTED_STEP_ATTRIBUTES),
    _uncounted_sql("p.attributes", COUNTED_STEP_ATTRIBUTES),
)
_PAUSES: Final = _both_parts_sql(
    Suspension, _record_sql(Suspension, "p", SUSPENSION_FIELDS, counted=COUNTED_ATTRIBUTES), "p.note"
)
_COUNTED: Final = (
    f"{_record_sql(Dossier, 'd', DOSSIER_FIELDS, counted=COUNTED_ATTRIBUTES)} || s.counted || u.counted"
)
_PERSON: Final = (
    f"d.applicant || {_FIELD} || {_uncounted_sql('d.attributes', COUNTED_ATTRIBUTES)} || s.person || u.person"
)
_DIFFERING: Final = f"""SELECT d.id FROM dossiers_dossier d
LEFT JOIN foundation_personkey k ON k.ref = 'dossier/' || d.code
CROSS JOIN LATERAL ({_STEPS}) s CROSS JOIN LATERAL ({_PAUSES}) u
CROSS JOIN LATERAL (SELECT {_PERSON} AS text OFFSET 0) person
WHERE d.id > %s AND d.id <= %s AND CASE WHEN starts_with(d.row_digest, '{EDITION}')
 THEN '{EDITION}' || {_digest_sql(_COUNTED)} IS DISTINCT FROM d.row_digest
  OR CASE WHEN translate(person.text, {_FIELD}, '') = '' THEN '' ELSE foundation_hmac(k.key, person.text) END
  IS DISTINCT FROM d.person_digest
 ELSE {_digest_sql(_FORMER)} IS DISTINCT FROM d.row_digest END
ORDER BY d.id"""  # noqa: S608 - our own columns


def keys_with_differing_digest(after: int, until: int) -> list[int]:
    """Of the dossiers with keys in a range, those whose digests are not those stored, or could not be made here."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, [after, until])
        return [key for (key,) in cursor.fetchall()]
