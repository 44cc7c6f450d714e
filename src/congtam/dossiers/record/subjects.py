"""The keys of what dossiers are about (nội dung hồ sơ), looked up once a wording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from congtam.dossiers.record.domain.rows import DossierRow
from congtam.kernel.vietnamese import fold

_Wording = tuple[str, str, str]
_FIND: Final = (
    "SELECT id FROM dossiers_subject WHERE md5(procedure_code) = md5(%s) AND md5(procedure_name) = md5(%s)"
    " AND md5(field_name) = md5(%s)"
)


def _subject_wording(row: DossierRow) -> _Wording:
    return row.procedure_code, row.procedure_name, row.field_name


def get_or_create_subject_key(cursor: Any, *wording: str) -> int:
    """The key of one wording: procedure code, its name, its field; nearly always known already."""
    cursor.execute(_FIND, wording)
    row = cursor.fetchone()
    if row is None:
        cursor.execute(
            "INSERT INTO dossiers_subject (procedure_code, procedure_name, field_name, search_key)"
            " VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (md5(procedure_code), md5(procedure_name), md5(field_name)) DO UPDATE"
            " SET search_key = EXCLUDED.search_key RETURNING id",
            [*wording, fold(" ".join(wording))],
        )
        row = cursor.fetchone()
    return int(row[0])


class SubjectKeys:
    """Wordings met so far, with the key of their row; new ones are written as they come."""

    def __init__(self) -> None:
        self._keys: dict[_Wording, int] = {}

    def key_of(self, row: DossierRow) -> int:
        """The key of a dossier's subject; ``ensure`` has been called for it."""
        return self._keys[_subject_wording(row)]

    def ensure(self, cursor: Any, rows: Iterable[DossierRow]) -> None:
        """Give every wording of these rows a key."""
        missing = sorted({_subject_wording(row) for row in rows} - self._keys.keys())
        if not missing:
            return
        codes, names, fields = (list(column) for column in zip(*missing, strict=True))
        keys = [fold(" ".join(wording)) for wording in missing]
        cursor.execute(
            "INSERT INTO dossiers_subject (procedure_code, procedure_name, field_name, search_key)"
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])"
            " ON CONFLICT (md5(procedure_code), md5(procedure_name), md5(field_name)) DO NOTHING",
            [codes, names, fields, keys],
        )
        cursor.execute(
            "SELECT s.procedure_code, s.procedure_name, s.field_name, s.id FROM dossiers_subject s"
            " JOIN unnest(%s::text[], %s::text[], %s::text[]) AS w(code, name, field)"
            " ON md5(s.procedure_code) = md5(w.code) AND md5(s.procedure_name) = md5(w.name)"
            " AND md5(s.field_name) = md5(w.field)",
            [codes, names, fields],
        )
        self._keys.update({(code, name, field): key for code, name, field, key in cursor.fetchall()})
