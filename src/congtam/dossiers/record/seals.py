"""The seal of what a desk keeps beside a dossier (mã niêm phong): desk record, clock ledger, party, files, letters.

The ledger gets it with every change, so `congtam verify` finds what was changed behind the program. It is worked out
by the database, from the rows as they are stored: receiving gets it from its one statement.

The rows name the applicant and the ledger is never erased: the seal is an HMAC under the applicant's key. Once that was
destroyed, what is left of the dossier names nobody and is sealed by a plain digest (edition ``3e``).

A seal begins with its edition. Names of columns are no part of it, names within JSON are: a key that was renamed begins
another edition, and what an earlier one sealed is read by its names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import connection

from congtam.dossiers.models import Dossier
from congtam.dossiers.record.digests import person_of
from congtam.foundation.person_keys import keyed_digest, keys_of

EDITION: Final = "3"
"""A column that comes later begins another edition: what was sealed by this one is read by this one."""
ERASED_EDITION: Final = "3e"
"""Without a key: of a dossier whose applicant was erased."""
_KEYED: Final = "hmac:"
"""Begins a digest of a former edition that was put under the applicant's key when the ledger was rewritten."""
FORMER_EDITIONS: Final = ("1", "2")
"""Plain digests, from before there were keys."""
_FORMER_KEYS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "1": {
        "process": {"position": "place"},
        "papers": {"position": "place", "is_filled_online": "filled_online"},
        "answer": {"position": "place"},
    },
    "2": {},
    ERASED_EDITION: {},
}
"""By edition and column: what the rows of a JSON list called now were called when that edition sealed them."""
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
        "holder", "office", "is_offered", "position", "step_due_at", "due_at", "supplement_due_at", "apology_count",
        "decided_at", "decided_by", "result", "return_way", "lookup_secret", "parent_code", "numbered_on",
    ),
    "dossiers_clockline": (
        "sequence", "kind", "at", "ground", "until", "legal", "note", "due_at", "actor", "recorded_at",
    ),
    "dossiers_party": (
        "name", "name_key", "phone", "email", "id_number", "address", "submitter", "account",
    ),
    "dossiers_paper": (
        "position", "kind", "name", "digest", "media_type", "size", "is_reused", "added_at", "added_by",
    ),
    "dossiers_letter": (
        "sequence", "kind", "number", "issued_at", "issued_by", "to_unit_code", "due_at", "content", "answered_at",
        "answered_by", "answer",
    ),
}  # fmt: skip
_KEYS: Final = {"dossiers_deskrecord": "dossier_id", "dossiers_party": "dossier_id"}
_ROWS, _TABLES = "E'\\x1f'", "E'\\x1e'"


def row_text_sql(table: str, *, edition: str = EDITION) -> str:
    """One row of a table as text, in SQL; instants as numbers, so that no time zone comes in."""
    former_keys = _FORMER_KEYS.get(edition, {})
    columns = (_column_sql(name, former_keys.get(name, {})) for name in SEALED[table])
    return f"jsonb_build_array({', '.join(columns)})::text"


def seal_sql(texts: Mapping[str, Sequence[str]]) -> str:
    """The seal, in SQL, of rows at hand: by table, the SQL of their texts in order; its one parameter is the key."""
    parts = (f" || {_ROWS} || ".join(texts.get(table, ())) or "''" for table in SEALED)
    return f"foundation_hmac(%s, {_whole_sql(parts)})"


def seals(keys: Iterable[int]) -> dict[int, str]:
    """The seals of dossiers as they are stored, by their keys; an applicant without a key gets one."""
    keys = list(keys)
    sealed = _compute(keys, EDITION, key_sql="foundation_person_key('dossier/' || code)")
    erased = [key for key, seal in sealed.items() if not seal]
    return sealed | (_compute(erased, ERASED_EDITION) if erased else {})


def seals_by_ledger_edition(sealed: Mapping[int, str]) -> dict[int, str]:
    """The seals of dossiers as they are stored, each in the edition of the seal that the ledger has of it."""
    keys_by_edition: dict[str, list[int]] = defaultdict(list)
    for key, seal in sealed.items():
        edition = seal.removeprefix(_KEYED).partition(":")[0]
        keys_by_edition[edition if edition in _FORMER_KEYS else EDITION].append(key)
    current: dict[int, str] = {}
    for edition, keys in keys_by_edition.items():
        current |= _compute(keys, edition)
    keyed = {key: current[key] for key, seal in sealed.items() if seal.startswith(_KEYED) and key in current}
    return current | _put_under_keys(keyed)


def keyed_seal(key: bytes, seal: str) -> str:
    """A seal of a former edition under the applicant's key, as a rewritten ledger holds it."""
    return f"{_KEYED}{seal.partition(':')[0]}:{keyed_digest(key, seal)}"


def keyed_former_digest(key: bytes, digest: str) -> str:
    """A row digest of the first edition under the applicant's key: the ledger holds no other any more."""
    return _KEYED + keyed_digest(key, digest)


def _put_under_keys(current: Mapping[int, str]) -> dict[int, str]:
    codes = dict(Dossier.objects.filter(pk__in=list(current)).values_list("pk", "code"))
    keys = keys_of(person_of(code) for code in codes.values())
    return {
        pk: keyed_seal(key, seal)
        for pk, seal in current.items()
        if pk in codes and (key := keys.get(person_of(codes[pk])))
    }


def _compute(keys: Sequence[int], edition: str, *, key_sql: str = "") -> dict[int, str]:
    parts = (f"coalesce(({_stored_rows_sql(table, edition)}), '')" for table in SEALED)
    whole = _whole_sql(parts)
    key_sql = key_sql or "(SELECT key FROM foundation_personkey WHERE ref = 'dossier/' || code)"
    digest = (
        f"encode(sha256(convert_to({whole}, 'UTF8')), 'hex')"
        if edition in _FORMER_KEYS
        else f"foundation_hmac({key_sql}, {whole})"
    )
    statement = f"SELECT d.id, {digest} FROM dossiers_dossier d WHERE d.id = ANY(%s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
        return {key: f"{edition}:{seal}" if seal else "" for key, seal in cursor.fetchall()}


def _stored_rows_sql(table: str, edition: str) -> str:
    order, text = _KEYS.get(table, "id"), row_text_sql(table, edition=edition)
    return f"SELECT string_agg({text}, {_ROWS} ORDER BY {order}) FROM {table} WHERE dossier_id = d.id"  # noqa: S608


def _whole_sql(parts: Iterable[str]) -> str:
    return f" || {_TABLES} || ".join(parts)


def _column_sql(name: str, former_keys: Mapping[str, str]) -> str:
    if name == "answer":  # that the applicant sent something online is noted before anybody answers
        answer = "answer"
        if former_keys:
            papers = _renamed_sql("answer -> 'papers'", former_keys)
            answer = (
                f"CASE WHEN answer ? 'papers' THEN jsonb_set(answer, '{{papers}}', {papers}) ELSE answer END"
            )
        return f"CASE WHEN answered_at IS NOT NULL THEN {answer} END"
    if former_keys:
        return _renamed_sql(name, former_keys)
    return f"extract(epoch FROM {name})" if name in _INSTANTS else name


def _renamed_sql(rows: str, names: Mapping[str, str]) -> str:
    """A JSON list of objects with other keys."""
    key = " ".join(f"WHEN '{new}' THEN '{former}'" for new, former in names.items())
    renamed = f"SELECT jsonb_object_agg(CASE k.key {key} ELSE k.key END, k.value) FROM jsonb_each(r.value) k"  # noqa: S608
    return (
        f"(SELECT coalesce(jsonb_agg(({renamed}) ORDER BY r.ordinality), '[]')"  # noqa: S608
        f" FROM jsonb_array_elements({rows}) WITH ORDINALITY r)"
    )
