"""Writing a received dossier with all its parts in one statement (ghi hồ sơ mới).

At the busiest desks this is the hot path: one round trip, no row read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from congtam.dossiers.domain.states import LineKind
from congtam.dossiers.intake.intake import Intake
from congtam.dossiers.models import DeskRecord, Dossier, Step
from congtam.dossiers.record.digests import person_of
from congtam.dossiers.record.domain.rows import DOSSIER_FIELDS, STEP_FIELDS
from congtam.dossiers.record.seals import EDITION, SEALED, row_text_sql, seal_sql
from congtam.kernel.identity import plain_identity
from congtam.kernel.vietnamese import fold, nfc

_DOSSIER: Final = (*DOSSIER_FIELDS, "subject_id", "source", "row_digest", "person_digest", "import_key")
_DESK: Final = tuple(
    field.attname
    for field in DeskRecord._meta.concrete_fields  # noqa: SLF001 - Django's name for it
    if field.attname != "dossier_id"
)
_LINE: Final = (
    "sequence", "kind", "at", "ground", "until", "legal", "note", "due_at", "actor", "recorded_at",
)  # fmt: skip
_PARTY: Final = (
    "name", "name_key", "phone", "email", "id_number", "address", "submitter", "account",
)  # fmt: skip
_PAPER: Final = (
    "position", "kind", "name", "digest", "media_type", "size", "is_reused", "added_at", "added_by",
)  # fmt: skip

_Part = tuple[str, Sequence[str], Sequence[Any]]


def insert_dossier(
    intake: Intake, dossier: Dossier, *, steps: Sequence[Step], desk: DeskRecord, key: bytes
) -> str:
    """Insert the dossier, its steps, desk record, first clock line, party and files; returns their seal.

    ``key`` is that of the applicant, and stored too. The dossier has its own key afterwards.
    """
    values: list[Any] = [_column_value(getattr(dossier, name)) for name in _DOSSIER]
    insert = (
        f"INSERT INTO dossiers_dossier ({_column_list(_DOSSIER)}) VALUES ({_placeholder_list(len(_DOSSIER))})"  # noqa: S608
    )
    statement = [f"WITH new AS ({insert} RETURNING id)"]
    last: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for number, (table, columns, row) in enumerate(
        _dependent_table_rows(intake, dossier, steps=steps, desk=desk)
    ):
        # Rows of one table are written one after the other: their keys are in the order the digest reads them.
        name, source = f"part{number}", last.get(table, "new")
        last[table] = name
        row_text = f", {row_text_sql(table)} AS row_text" if table in SEALED else ""
        texts.setdefault(table, []).append(f"{name}.row_text")
        statement.append(
            f", {name} AS (INSERT INTO {table} (dossier_id, {_column_list(columns)})"  # noqa: S608
            f" SELECT id, {_placeholder_list(len(columns))} FROM {source} RETURNING dossier_id AS id{row_text})"
        )
        values += map(_column_value, row)
    statement.append(
        ", person AS (INSERT INTO foundation_personkey (ref, key, created_at) VALUES (%s, %s, %s))"
    )
    values += [person_of(dossier.code), key, intake.recorded_at, key]
    sealed = ["new", *(text.partition(".")[0] for table in texts if table in SEALED for text in texts[table])]
    statement.append(f" SELECT new.id, {seal_sql(texts)} FROM {', '.join(sealed)}")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("".join(statement), values)
        dossier.pk, seal = cursor.fetchone()
    dossier._state.adding, dossier._state.db = False, "default"  # noqa: SLF001 - as Model.save leaves it
    return f"{EDITION}:{seal}"


def _dependent_table_rows(
    intake: Intake, dossier: Dossier, *, steps: Sequence[Step], desk: DeskRecord
) -> Iterator[_Part]:
    for step in steps:
        yield "dossiers_step", STEP_FIELDS, [getattr(step, name) for name in STEP_FIELDS]
    yield "dossiers_deskrecord", _DESK, [getattr(desk, name) for name in _DESK]
    yield "dossiers_clockline", _LINE, _first_clock_line_values(intake, dossier)
    yield "dossiers_party", _PARTY, _party_values(intake, dossier)
    for file in intake.receipt.files:
        values = {**asdict(file), "added_at": intake.recorded_at, "added_by": intake.actor.username}
        yield "dossiers_paper", _PAPER, [values[name] for name in _PAPER]


def _first_clock_line_values(intake: Intake, dossier: Dossier) -> list[Any]:
    legal = "; ".join(intake.procedure.legal)[:2000]
    values = (1, LineKind.GIVEN.value, dossier.received_at, "", None, legal, "", dossier.due_at)
    return [*values, intake.actor.username, intake.recorded_at]


def _party_values(intake: Intake, dossier: Dossier) -> list[str]:
    applicant = asdict(intake.receipt.applicant.normalize())
    values = {name: nfc(str(text)).strip() for name, text in applicant.items()}
    values |= {
        "name": dossier.applicant,
        "name_key": fold(dossier.applicant),
        "id_number": plain_identity(values["id_number"]),
    }
    return [values[name] for name in _PARTY]


def _column_list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _placeholder_list(count: int) -> str:
    return ", ".join(["%s"] * count)


def _column_value(value: object) -> Any:
    """JSON as text, which the column reads; the rest as it is."""
    if value is None or isinstance(value, str | int | datetime | date | time | Decimal):
        return value
    return json.dumps(value, ensure_ascii=False)
